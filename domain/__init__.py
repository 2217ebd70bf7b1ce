"""The vocabulary of the house: framework, words, records and errors; and how a file of ours is written. Imports nothing of ours."""
