"""Engines, ledger, connection statistics, the embedded server."""
