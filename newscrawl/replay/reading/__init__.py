"""What a replay reads: units of sources, and the captures and texts in them."""
