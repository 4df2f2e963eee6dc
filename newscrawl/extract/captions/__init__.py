"""Captions: parse them, and remove repeated ones from the body."""
