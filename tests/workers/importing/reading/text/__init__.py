"""Tests of workers/importing/reading/text."""
