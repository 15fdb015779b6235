"""Reading a whole workbook once to say what would be imported."""
