"""Everything that runs off the UI thread."""
