"""The grid of a table's cells and the cards above its columns."""
