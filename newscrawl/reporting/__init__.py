"""What an operator sees of a crawl: its progress, its summary, its exit status and the notifications."""
