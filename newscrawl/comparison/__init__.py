"""Compare two outputs, article by article and field by field: what changed when the extractor changed."""
