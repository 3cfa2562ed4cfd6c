"""What reading costs, beside Wagtail's own API on the same data: `make bench`."""
