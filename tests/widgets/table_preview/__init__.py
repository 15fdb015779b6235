"""Tests of widgets/table_preview."""
