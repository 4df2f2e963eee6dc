"""Articles from text-only copies of pages."""
