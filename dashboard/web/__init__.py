"""The web server: pages, API, tools for language models, and who may ask."""
