"""From a capture to an article: pure functions of bytes and site profiles; no file, no network, no clock."""
