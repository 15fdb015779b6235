"""Tests of workers/importing/loading/strategies."""
