"""The Composite Action Plan: one SQLite file, and the only SQL of the house."""
