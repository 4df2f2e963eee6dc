"""The article pipelines as one function over a capture, and the processes that run it."""
