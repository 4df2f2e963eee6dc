"""Use newscrawl's extraction in other projects: a Scrapy add-on, web-poet page objects, the items of Zyte."""
