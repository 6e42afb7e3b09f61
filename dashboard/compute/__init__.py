"""Tables from queries/: reads the files, runs them in order, and reruns them for changed days."""
