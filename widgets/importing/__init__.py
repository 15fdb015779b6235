"""The Import page: files, preview, health, target."""
