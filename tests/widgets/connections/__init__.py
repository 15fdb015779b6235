"""Tests of widgets/connections."""
