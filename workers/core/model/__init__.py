"""The values that everybody speaks of: cells, options, plans, outcomes, errors."""
