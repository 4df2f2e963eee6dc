"""The article's JSON Schema and its validation."""
