"""Where an imported thing came from, so that the same row of a listing is known again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chapters.models import Chapter


class ImportedRow(models.Model):
    """A row of a listing and the thing it became."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="+")
    # What the row is known by: its id or url, else chapter, language, date, kind and title.
    key = models.CharField(max_length=500)
    locale = models.CharField(max_length=16)
    type = models.CharField(max_length=32)
    ref = models.CharField(max_length=32, db_index=True)
    # Of what the row said, and of the revision that was made from it: tells a changed row, and an editor's hand.
    fingerprint = models.CharField(max_length=64)
    revision_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [models.UniqueConstraint(fields=["chapter", "key", "locale"], name="one_import_of_a_row")]

    def __str__(self) -> str:
        return self.key
