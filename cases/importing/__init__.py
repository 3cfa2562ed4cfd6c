"""Bringing in an existing listing: files as organisations export them, rows that become statements and events."""
