"""Images and recordings of a page."""
