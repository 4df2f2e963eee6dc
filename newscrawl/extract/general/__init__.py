"""Pages of sites without a profile: their text, their figures, and whether they hold an article."""
