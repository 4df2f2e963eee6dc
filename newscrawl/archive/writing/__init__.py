"""Write exchanges as WARC records into rotating files."""
