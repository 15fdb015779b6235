"""Views and Qt models: plain data in by method, intents out by signal."""
