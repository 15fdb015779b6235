"""The state machine of the pool's jobs: events in, instructions out."""
