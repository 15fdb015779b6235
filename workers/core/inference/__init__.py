"""From cells to column types, and from cells to values of those types."""
