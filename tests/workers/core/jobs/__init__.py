"""Tests of workers/core/jobs."""
