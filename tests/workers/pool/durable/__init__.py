"""Tests of workers/pool/durable."""
