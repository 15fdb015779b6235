"""Columns as arrays against the same cells one by one."""
