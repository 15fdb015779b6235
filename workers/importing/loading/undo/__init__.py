"""Taking an import back, and what has to be kept for that."""
