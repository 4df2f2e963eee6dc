"""What is measured: each function prepares, and returns the callable that is timed."""
