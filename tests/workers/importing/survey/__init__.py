"""Tests of workers/importing/survey."""
