"""Plans while they are being edited, and the dialogs that edit them."""
