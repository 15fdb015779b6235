"""What touches the operating system: locks of files, limits of the machine, links."""
