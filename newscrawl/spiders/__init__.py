"""The spiders: one class per site, made from the registry in :mod:`newscrawl.sites`."""
