"""Results on disk: PostgreSQL's own CSV and an index of its rows, in a folder for each result, within a quota."""
