"""The built-in PostgreSQL server and its life cycle."""
