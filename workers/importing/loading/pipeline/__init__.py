"""From typed rows to COPY, with the checks on the way."""
