"""What the classifier and the pair scorer share: artefacts with a manifest, calibration, comparison, promotion."""
