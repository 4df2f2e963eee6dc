"""Several crawlers share one site: requests, what was seen, and politeness are in Redis (docs/sharing.md).

Of scrapy-redis 0.9.1 only the connection is used. Its scheduler calls what Scrapy 2.19 no longer has
(``RFPDupeFilter.from_settings``, ``start_requests``), remembers a request before it queues it, hands requests out for
good, so that what a killed worker had taken is lost, and empties the queue when the first of several workers closes.
"""
