"""What this workstation remembers: the local store, its tables, saved connections."""
