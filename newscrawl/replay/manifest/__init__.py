"""What a replay has done, kept in an SQLite file of the output folder."""
