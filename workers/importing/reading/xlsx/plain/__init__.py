"""Worksheet XML of the plain kind that nearly all programs write, read in columns."""
