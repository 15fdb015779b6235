"""What a run of the program stands on: its home, logs, settings, and what was asked for."""
