"""Small components that every page is built of."""
