"""Growing what the program knows of layouts: generated sheets and the script that learns from labelled ones."""
