"""The tree of files, sheets and tables."""
