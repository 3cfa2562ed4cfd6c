"""What has no theme, or no region, is found under a value that says so."""

from typing import Any

from django.db import migrations

NONE = "none"


def add(apps: Any, schema_editor: Any) -> None:
    """A row for each entry that has none; engines of their own see by the meaning of their index that it is to be built again."""
    entries, facets = (apps.get_model("search", name) for name in ("Entry", "EntryFacet"))
    for name in ("region", "theme"):
        without = entries.objects.exclude(facets__name=name).values_list("pk", flat=True)
        rows = (facets(entry_id=pk, name=name, value=NONE) for pk in without.iterator())
        facets.objects.bulk_create(rows, batch_size=1000)


def remove(apps: Any, schema_editor: Any) -> None:
    """As it was before."""
    apps.get_model("search", "EntryFacet").objects.filter(name__in=("region", "theme"), value=NONE).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0004_followers")]

    operations = [migrations.RunPython(add, remove)]
