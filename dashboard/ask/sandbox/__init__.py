"""The process that runs a reader's SQL: what it may run, and what the kernel refuses it."""
