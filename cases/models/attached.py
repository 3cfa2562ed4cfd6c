"""What is attached to an item: the chapters that publish it too, and its sources."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable

from chapters.models import Chapter
from chapters.validators import validate_partial_date
from search import changes, register


class CoPublisher(Orderable):
    """Another chapter whose name stands on an item, once its moderators have accepted.

    The foreign key to the item is a plain one, no ParentalKey: consent is no part of a revision. As a part of it,
    publishing an old draft brought back the name of a chapter that had left, and dropped one that had just accepted.
    """

    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("co-publisher")
        verbose_name_plural = _("co-publishers")

    def __str__(self) -> str:
        return str(self.chapter)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A name that has come stands on the item at once, one whose consent was taken back no longer."""
        with transaction.atomic():
            changes.take_turn()
            super().save(*args, **kwargs)
            item = self.item  # type: ignore[attr-defined]
            register.refresh(item.register_type, [item.ref])


class SourceKind(models.TextChoices):
    """What sort of thing a source is."""

    OFFICIAL = "official", _("official document")
    COURT = "court", _("court document")
    TREATY = "treaty", _("treaty or resolution")
    REPORT = "report", _("report")
    NEWS = "news", _("news")
    ORGANISATION = "organisation", _("an organisation's own publication")
    RECORDING = "recording", _("picture, sound or film")
    OTHER = "other", _("other")


class Source(Orderable):
    """Where a reader can look up what is said. Confidential sources are not kept here."""

    title = models.CharField(_("title"), max_length=255)
    url = models.URLField(_("address"), blank=True, max_length=500)
    publisher = models.CharField(_("publisher"), max_length=255, blank=True)
    dated = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("2026-03-04, 2026-03 or 2026."),
    )
    language = models.CharField(_("language"), max_length=16, blank=True, help_text=_("Its code: en, ar, pt-br."))
    kind = models.CharField(_("kind"), max_length=16, blank=True, choices=SourceKind.choices)

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title
