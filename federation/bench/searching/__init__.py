"""The benchmark of the search: `make bench-search`."""
