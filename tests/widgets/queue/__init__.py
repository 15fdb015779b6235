"""Tests of widgets/queue."""
