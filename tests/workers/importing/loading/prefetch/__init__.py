"""Tests of workers/importing/loading/prefetch."""
