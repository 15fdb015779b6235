"""The History page: every import, its receipt, and the way back."""
