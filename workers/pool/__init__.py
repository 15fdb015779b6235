"""Parent side of the managed worker pool."""
