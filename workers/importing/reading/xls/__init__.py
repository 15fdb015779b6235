"""Excel 97 to 2003 workbooks, and the container they lie in."""
