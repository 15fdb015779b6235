"""A sheet's rows on their way: batches and where they come from."""
