"""CDXJ indexes: their lines, reading them, writing them beside a growing WARC file."""
