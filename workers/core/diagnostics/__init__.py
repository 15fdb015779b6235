"""Findings about tables and columns that people should know before they import."""
