"""The process that runs a reader's SQL: which statements it may run, and what the kernel denies it."""
