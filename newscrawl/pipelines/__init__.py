"""The item pipelines: thin, each calls one function of the core."""
