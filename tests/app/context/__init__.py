"""Tests of app/context."""
