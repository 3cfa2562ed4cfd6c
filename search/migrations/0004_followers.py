"""Followers of the change log keep their cursors in the database; what begins and ends by the clock is found quickly."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_stops"),
    ]

    operations = [
        migrations.CreateModel(
            name="Follower",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField(default=0)),
                ("looked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("index", models.CharField(blank=True, max_length=200)),
                ("pattern", models.CharField(blank=True, max_length=64)),
                ("in_step_at", models.DateTimeField(null=True)),
                ("problem", models.TextField(blank=True)),
                ("holder", models.CharField(blank=True, max_length=64)),
                ("held_until", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("visible_from__isnull", False)), fields=["visible_from"], name="entry_begins"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("visible_until__isnull", False)), fields=["visible_until"], name="entry_ends"
            ),
        ),
    ]
