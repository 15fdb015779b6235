"""Tests of app/presenters."""
