"""Entries say by what labels they are found, and have their words in a full-text index of the database.

`haystack` held what could be derived from the entry; the index takes its place. What is there already is indexed by
`manage.py search_index rebuild`, in short steps while the site runs.
"""

from typing import Any

from django.db import migrations, models

from search.textindex import postgresql, sqlite

CREATE = {"sqlite": sqlite.CREATE, "postgresql": postgresql.CREATE}


def create(apps: Any, editor: Any) -> None:
    """The table of the database in use."""
    editor.execute(CREATE[editor.connection.vendor])


def drop(apps: Any, editor: Any) -> None:
    """Without it."""
    editor.execute("DROP TABLE search_fulltext")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RemoveField("entry", "haystack"),
        migrations.AddField("entry", "found_by", models.JSONField(default=dict)),
        migrations.RunPython(create, drop),
    ]
