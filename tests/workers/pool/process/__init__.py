"""Tests of workers/pool/process."""
