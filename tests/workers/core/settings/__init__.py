"""Tests of workers/core/settings."""
