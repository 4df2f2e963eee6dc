"""Turn outputs of articles into corpora: one row an article, paragraph or sentence, in files of a given size."""
