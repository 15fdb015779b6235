"""Charts, their marks and their thresholds."""
