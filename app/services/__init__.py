"""What the window and the commands share and that lasts as long as the program."""
