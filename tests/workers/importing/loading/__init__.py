"""Tests of loading rows into the database."""
