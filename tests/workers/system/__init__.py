"""Tests of workers/system."""
