"""SQL over files and earlier results by DuckDB, shut in."""
