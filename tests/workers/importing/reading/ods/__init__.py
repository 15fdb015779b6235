"""Tests of workers/importing/reading/ods."""
