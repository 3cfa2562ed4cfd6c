"""The vocabulary that the house comes with. Reversing leaves it: content may refer to it."""

from django.db import migrations

from federation.vocabulary import loading


def load(apps, schema_editor):
    loading.load_countries(apps.get_model("vocabulary", "Country"))
    loading.load_regions(apps.get_model("vocabulary", "Region"), apps.get_model("vocabulary", "RegionMembership"))
    loading.load_kinds(apps.get_model("vocabulary", "Kind"))
    loading.load_themes(apps.get_model("vocabulary", "Theme"))


class Migration(migrations.Migration):
    dependencies = [("vocabulary", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
