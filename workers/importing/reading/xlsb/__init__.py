"""Excel's binary workbooks."""
