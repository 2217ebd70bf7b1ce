"""The vocabulary of the house: framework, words, records and errors. Imports nothing of ours."""
