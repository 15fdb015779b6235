"""Tests of the readers; every file is made by the tests."""
