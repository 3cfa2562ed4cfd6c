"""What goes into files that spreadsheets open."""

from typing import Any

# What spreadsheets take for the beginning of a formula (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """A name that a spreadsheet would take for a formula stays a name."""
    risky = isinstance(value, str) and value.startswith(FORMULA)
    return f"'{value}" if risky else value
