"""The commands of `bilateral`, one module per family. Each imports what it needs when it runs, so that help and short commands start at once."""
