"""Text files with delimiters or columns of fixed width."""
