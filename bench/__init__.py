"""Measurements against other tools: quality of extraction, cost of each stage. Not part of the package."""
