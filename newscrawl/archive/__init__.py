"""WARC in and out, the only room that knows the format; it knows nothing of HTML."""
