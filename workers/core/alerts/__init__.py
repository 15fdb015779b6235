"""When an alert fires, clears and acts: rules, states, levels."""
