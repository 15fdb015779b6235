"""Rejected rows as a workbook, and the way back of the mended ones."""
