"""Tests of workers/database/local."""
