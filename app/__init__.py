"""Composition root and commands: the only place that knows everybody."""
