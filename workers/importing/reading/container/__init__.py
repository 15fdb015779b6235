"""What workbooks are wrapped in: zip packages and encryption."""
