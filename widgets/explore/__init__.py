"""The Explore page: sources, an editor of SQL, results over the spool, history."""
