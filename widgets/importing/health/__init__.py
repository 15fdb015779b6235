"""What was found in a table, with choices."""
