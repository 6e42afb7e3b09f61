"""Tables out of queries/: reads the files, runs them in their order, and anew where days changed."""
