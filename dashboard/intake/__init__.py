"""Intake: published pages are fetched, read as items and coded as proposals, which a person accepts, edits or rejects."""
