"""Tests of workers/importing/reading/xlsx."""
