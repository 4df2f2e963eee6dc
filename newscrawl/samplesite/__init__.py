"""A bundled news site on the markup of Pangea: the default of ``make crawl``, the ground of tests and benchmarks."""
