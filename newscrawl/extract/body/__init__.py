"""The body of a page by its layout, without boilerplate."""
