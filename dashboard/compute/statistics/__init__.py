"""Statistics that SQL cannot compute: rows in, rows out."""
