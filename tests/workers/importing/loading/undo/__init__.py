"""Tests of workers/importing/loading/undo."""
