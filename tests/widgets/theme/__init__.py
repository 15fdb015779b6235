"""Tests of widgets/theme."""
