"""The main window's frame: sidebar, page header, status bar, drop overlay."""
