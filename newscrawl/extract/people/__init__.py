"""Names: bylines, authors, and the sources in a credit line."""
