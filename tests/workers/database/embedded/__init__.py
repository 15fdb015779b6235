"""Tests of workers/database/embedded."""
