"""Texts and vectors -> what belongs together; never sees a database or an encoder."""
