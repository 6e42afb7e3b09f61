"""The only writer: a refresh, the work database between refreshes, and the snapshots for readers."""
