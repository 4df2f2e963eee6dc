"""Decode archive files member by member and frame by frame."""
