"""Tests of workers/importing/loading/rejects."""
