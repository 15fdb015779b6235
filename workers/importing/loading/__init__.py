"""From understood rows to committed rows: batches, conversion, COPY, checks, ledger, and the way back."""
