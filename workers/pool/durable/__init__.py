"""What of the pool outlives the program: jobs, spooled messages, estimates."""
