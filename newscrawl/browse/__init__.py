"""Browse an archive: a read-only web application over lines, records and state (docs/browsing.md)."""
