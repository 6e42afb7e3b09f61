"""One reader per format: turns the bytes of a file into rows of text, or rejected rows with a reason. queries/sources/ checks their meaning."""
