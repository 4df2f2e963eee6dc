"""Crawls of the sample site that start quickly."""

from tests.faults.conftest import crawler as crawler
