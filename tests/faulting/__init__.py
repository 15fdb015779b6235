"""Faults made on purpose: the real program is started, hurt and looked at; used by tests and by the faults bench."""
