"""The Monitor page: charts on one time axis, alerts, worker processes."""
