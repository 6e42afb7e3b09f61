"""One reader a format: the bytes of a file become rows of text, or rejected rows with a reason. Meaning is judged in queries/sources/."""
