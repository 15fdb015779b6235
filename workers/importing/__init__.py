"""Runs inside a worker process: open, survey, stream, load, undo."""
