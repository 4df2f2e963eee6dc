"""Which captures and articles of an archive are replayed."""
