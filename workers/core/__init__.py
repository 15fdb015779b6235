"""Pure decision logic and value types: standard library only, no Qt."""
