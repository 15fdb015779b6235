"""Tests of workers/core/layout."""
