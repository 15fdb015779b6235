"""The Settings page, made from the settings' declarations."""
