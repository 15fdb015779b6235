"""Spreadsheets written as HTML or XML."""
