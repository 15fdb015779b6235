"""Benchmarks, one a module: each has a NAME and ``run(arguments) -> dict``."""
