"""The article pipelines as one function of a capture, and the processes that run it. Imports no Scrapy but in drops."""
