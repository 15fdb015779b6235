"""Samples of the machine and the pool, and their series."""
