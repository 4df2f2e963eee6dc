"""Crawl politely: delays, pauses of hosts in trouble, robots.txt, and where requests may go."""
