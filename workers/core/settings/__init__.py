"""Settings: declared once, resolved with their origin, migrated."""
