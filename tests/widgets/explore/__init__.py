"""Tests of widgets/explore."""
