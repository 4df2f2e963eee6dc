"""Single records: their heads, digests, blocks and HTTP messages."""
