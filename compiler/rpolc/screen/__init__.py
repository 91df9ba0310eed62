"""Screening: the rows of a file in, the same rows with their decisions out."""
