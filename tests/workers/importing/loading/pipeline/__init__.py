"""Tests of workers/importing/loading/pipeline."""
