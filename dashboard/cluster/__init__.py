"""Slices of the data as tasks of a Spark cluster: DuckDB computes each with the same files of queries/. See docs/decisions/0028."""
