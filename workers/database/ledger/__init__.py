"""What is true about the data: imports, their history, and what a crash left in doubt."""
