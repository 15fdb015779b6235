"""Tests of the look at a table."""
