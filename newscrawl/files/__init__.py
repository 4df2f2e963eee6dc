"""Local files, remote sources and stores: opened, written whole or not at all, uploaded."""
