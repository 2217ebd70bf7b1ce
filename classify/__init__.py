"""Text -> Classification: the encoder, the examples, the model, its training and its evaluation."""
