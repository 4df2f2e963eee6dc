"""Structured data of a page: JSON-LD and JavaScript literals."""
