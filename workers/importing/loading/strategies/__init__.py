"""How rows get into the target: create, append, replace, upsert, skip."""
