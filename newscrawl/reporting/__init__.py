"""What an operator sees of a crawl: progress while it runs, a summary at its end, an exit status."""
