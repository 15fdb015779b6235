"""A second worker reads a big sheet while the first one loads it."""
