"""Queries to the published snapshot: those of the pages, those of the API, and readers' own SQL."""
