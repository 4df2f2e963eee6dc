"""Replay on Spark."""
