"""Queries for programs, over HTTP or as tools for language models: each with its parameters, its columns and its rows as JSON."""
