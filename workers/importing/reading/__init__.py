"""Readers: one seam, one implementation per library, one order of fallbacks per format."""
