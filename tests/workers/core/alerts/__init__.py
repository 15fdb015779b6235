"""Tests of workers/core/alerts."""
