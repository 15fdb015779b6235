"""Tests of widgets/importing."""
