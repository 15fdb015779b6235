"""Where on a sheet the tables lie, and which of their rows are headers."""
