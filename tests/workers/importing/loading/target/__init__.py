"""Tests of workers/importing/loading/target."""
