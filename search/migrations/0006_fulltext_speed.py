"""PostgreSQL is told how to look words up: by the index, whatever its planner takes the table for."""

from typing import Any

from django.db import migrations

from search.textindex import postgresql


def add(apps: Any, editor: Any) -> None:
    """Nothing on SQLite."""
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql.SPEED)


def remove(apps: Any, editor: Any) -> None:
    """As it was before."""
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql.NO_SPEED)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_nothing_is_a_value")]

    operations = [migrations.RunPython(add, remove)]
