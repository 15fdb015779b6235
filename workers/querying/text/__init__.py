"""A script as text: its statements and its parameters. Hints only: what is allowed is decided by the server."""
