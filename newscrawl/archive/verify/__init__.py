"""Check archives, indexes and packages."""
