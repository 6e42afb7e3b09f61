"""The one writer: a refresh, the work database between refreshes, and the snapshots that readers get."""
