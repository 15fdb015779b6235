"""Tests of workers/core/model."""
