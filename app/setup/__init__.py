"""Whether the program can run here, and what is missing."""
