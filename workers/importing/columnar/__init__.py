"""Columns of cells as arrays: what is counted, converted, hashed and sent without a Python object for each cell."""
