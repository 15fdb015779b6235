"""Delimited and fixed-width text: encoding, dialect, rows."""
