"""Dates in every syntax that pages use, in the languages of the family."""
