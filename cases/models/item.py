"""What cases and statements have in common: snippets of one chapter, in several languages, facts once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.api import APIField
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cases.forms import ItemForm
from chapters.blocks import body_field
from chapters.models import Chapter, OfferedForTranslation
from chapters.validators import validate_partial_date
from chapters.words import WordsAndFacts
from federation.vocabulary.models import Country, Kind
from search.refs import random_ref
from search.registered import Registered


class Visibility(models.TextChoices):
    """Who may ever see a published item."""

    CHAPTER = "chapter", _("the chapter")
    FEDERATION = "federation", _("the federation")
    PUBLIC = "public", _("everybody")


# Access keys: never in the edit form, never from a revision; each has its own action (cases/actions.py).
KEYS = ("owner_id", "visibility", "embargo_until", "offered")


class Item(
    Registered,
    WordsAndFacts,
    OfferedForTranslation,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A shared snippet. The row without `source` is the original and has the facts; the others have words only."""

    ref = models.CharField(_("ref"), max_length=32, editable=False, db_index=True, default="", blank=True)
    source = models.ForeignKey(
        "self",
        verbose_name=_("original"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="languages",
    )
    owner = models.ForeignKey(
        Chapter, verbose_name=_("owner"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    visibility = models.CharField(
        _("visibility"), max_length=16, choices=Visibility.choices, default=Visibility.CHAPTER, editable=False
    )
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True, editable=False)
    kind = models.ForeignKey(
        Kind, verbose_name=_("kind"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dated = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_(
            "The day it is listed under: 2026-03-04, 2026-03 or 2026. Empty: the day of its first publication."
        ),
    )
    countries = ParentalManyToManyField(Country, verbose_name=_("countries"), blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"), blank=True)
    body = body_field()

    words = ("title", "summary", "body")
    neither = ("ref", "source", "owner", "visibility", "embargo_until", "offered", "translated_by")
    base_form_class = ItemForm
    # Of Wagtail's v3, which asks for a token; what everybody reads is the register's.
    api_fields = [
        APIField("ref"),
        APIField("visibility"),
        *(
            APIField(name, writable=True)
            for name in ("owner", "title", "summary", "body", "kind", "dated", "countries")
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        constraints = [models.UniqueConstraint(fields=["ref", "locale"], name="one_%(class)s_per_ref_and_language")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """A new original gets its ref; a translation takes ref and access keys from its source."""
        if self._state.adding and self.source_id is None:
            self.source = self._find_source()
            if self.source is not None and self.live_revision_id:
                self._begin_as_draft()
        if self.source_id is not None:
            self._take_keys_of_source()
        elif not self.ref:
            self.ref = random_ref()
        return super().save(*args, **kwargs)

    def clean(self) -> None:
        """What an original must have; translations read it there."""
        super().clean()
        if self.source_id is None and self._find_source() is None and self.kind_id is None:
            raise ValidationError({"kind": _("What kind of item is it?")})

    def get_ref(self) -> str:
        """Its ref, the same in every language."""
        return self.ref

    def get_original(self) -> Any:
        """The row that has the facts."""
        return self.source or self

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """An old draft never decides who owns an item or who may see it: these come from the row as it is today."""
        instance = super().with_content_json(content)
        keys = type(self).objects.filter(pk=self.pk).values("ref", "source_id", "translated_by_id", *KEYS).first()
        for name, value in (keys or {}).items():
            setattr(instance, name, value)
        return instance

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """A sober page made as the register would make it."""
        return "cases/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The document of this draft."""
        from cases.preview import preview_document

        return {**super().get_preview_context(request, mode_name), "document": preview_document(self)}

    @property
    def language(self) -> str:
        """Code of its language; a draft that was never saved has none yet and is shown in the default one."""
        return (self.locale if self.locale_id else Locale.get_default()).language_code

    @property
    def full_url(self) -> str | None:
        """Address on the site of what is public; the admin shows it as "view live"."""
        from search.models import Entry

        return Entry.objects.public().filter(ref=self.ref, locale=self.language).values_list("path", flat=True).first()

    def get_api_url(self) -> str:
        """Address of its document in the API; "" where no API is mounted."""
        try:
            return reverse("wagtailapi_v3:api-root") + f"{self.register_type}s/{self.ref}/"
        except NoReverseMatch:
            return ""

    def _find_source(self) -> Any:
        """The original, if this is a new row in another language: the one of its key without a source."""
        if not self.translation_key or not self.locale_id:
            return None
        originals = type(self).objects.filter(translation_key=self.translation_key, source=None)
        return originals.exclude(pk=self.pk).exclude(locale_id=self.locale_id).first()

    def _begin_as_draft(self) -> None:
        """A copy for translation is no publication: Wagtail 8.0.1 copies "live" and the source's live revision too."""
        self.live, self.has_unpublished_changes = False, True
        for name in ("live_revision", "first_published_at", "last_published_at"):
            setattr(self, name, None)

    def _take_keys_of_source(self) -> None:
        """From the database, not from `self.source`: that one may have been read before a transfer."""
        for name, value in type(self).objects.values("ref", *KEYS).get(pk=self.source_id).items():
            setattr(self, name, value)
