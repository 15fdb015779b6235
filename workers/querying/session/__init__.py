"""A session of a query's own: who it is, what the server says about a statement, and the rows that it sends."""
