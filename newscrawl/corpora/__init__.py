"""Text corpora: recognise what a file is, and clean a field of each record of a JSON Lines or Parquet file."""
