"""Queries: run inside a worker process of their own lane, spooled to disk, saved from there. No Qt."""
