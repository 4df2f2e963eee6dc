"""The output files of a replay: their forms, their folders."""
