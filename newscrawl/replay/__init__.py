"""Captures from archives through the article pipelines again: in one process, in a pool, on Spark."""
