"""Tests of app/setup."""
