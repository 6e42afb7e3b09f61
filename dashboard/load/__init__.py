"""Files into the work database: read, judged, added; what was refused is kept with its reason."""
