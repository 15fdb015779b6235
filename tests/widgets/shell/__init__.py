"""Tests of widgets/shell."""
