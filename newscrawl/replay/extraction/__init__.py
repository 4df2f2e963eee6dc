"""Extract one unit: in this process, in a pool of processes."""
