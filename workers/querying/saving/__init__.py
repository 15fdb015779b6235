"""A result made into a file or a table. It is the spool that is saved: the same rows, no second run."""
