"""A worker as a process: born, spoken to, ended."""
