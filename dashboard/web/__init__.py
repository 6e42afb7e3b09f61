"""The web server: pages, API, tools for language models, and access control."""
