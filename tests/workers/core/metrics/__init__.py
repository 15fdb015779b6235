"""Tests of workers/core/metrics."""
