"""Tests of widgets/history."""
