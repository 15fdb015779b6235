"""Tests of workers/database/ledger."""
