"""Replacements for parts of Scrapy, each named by a setting."""
