"""How a crawl behaves towards the sites: their delays, their troubles, their hosts."""
