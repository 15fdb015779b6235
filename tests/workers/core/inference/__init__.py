"""Tests of workers/core/inference."""
