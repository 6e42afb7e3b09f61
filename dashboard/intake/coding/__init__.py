"""The coder: an item in, a list of proposals out. Pure: no network, no database, no clock."""
