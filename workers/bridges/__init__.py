"""The only QThread and Signal code below the window."""
