"""Questions to the published snapshot: those of the pages, those of the API, and a reader's own SQL."""
