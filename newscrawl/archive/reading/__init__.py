"""Read archives: records, captures, and the originals of revisits."""
