"""The connection dialog."""
