"""A read-only look at the first rows of a table."""
