"""Record what crosses the wire: a small HTTP/1.1 client, and the archive that its exchanges go into."""
