"""Parse a page once: bytes to text, text to tree, elements to paragraphs."""
