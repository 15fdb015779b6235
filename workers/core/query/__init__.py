"""Queries as plain values: what is asked, how far it is, what came of it."""
