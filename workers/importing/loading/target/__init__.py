"""The target table: made, altered, locked, analysed."""
