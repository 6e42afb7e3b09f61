"""What programs may ask, over HTTP or as tools for language models: each question with its parameters, its columns and its rows as JSON."""
