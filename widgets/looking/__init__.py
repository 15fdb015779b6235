"""A read-only look at a table."""
