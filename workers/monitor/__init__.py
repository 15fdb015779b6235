"""Readers of machine, pool and database figures."""
