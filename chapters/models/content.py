"""What a chapter publishes as pages: news articles and events."""

from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Page

from chapters.blocks import body_field, organisations_field, references_field
from chapters.validators import validate_partial_date
from chapters.words import DraftShown, WordsAndFacts
from federation.vocabulary.models import Country, Kind, Theme
from federation.vocabulary.theme_input import ThemesWidget

from .sections import RefPage

HELP_LISTED = _("The day it is listed under: 2026-03-04, 2026-03 or 2026. Empty: the day of its first publication.")


class ThemedArticle(ItemBase):
    """An article is about a theme."""

    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="article_items")
    content_object = ParentalKey("chapters.ArticlePage", on_delete=models.CASCADE, related_name="themed")

    class Meta:
        verbose_name = _("theme of an article")
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_theme_of_an_article")]


class ThemedEvent(ItemBase):
    """An event is about a theme."""

    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="event_items")
    content_object = ParentalKey("chapters.EventPage", on_delete=models.CASCADE, related_name="themed")

    class Meta:
        verbose_name = _("theme of an event")
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_theme_of_an_event")]


class ListedPage(WordsAndFacts, DraftShown, RefPage):
    """What articles and events have in common. Facts are read from the original: the first page of its key."""

    summary = models.TextField(_("summary"), blank=True)
    body = body_field()
    picture = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(_("alternative text"), max_length=255, blank=True)
    listed_on = models.CharField(
        _("date"), max_length=10, blank=True, validators=[validate_partial_date], help_text=HELP_LISTED
    )
    countries = ParentalManyToManyField(Country, verbose_name=_("countries"), blank=True, related_name="+")
    related = references_field(_("related"))

    class Meta:
        abstract = True

    def get_original(self) -> Any:
        """The page that has the facts: the first that was made of this translation key."""
        pages: Any = type(self)._default_manager
        siblings = pages.filter(ref=self.get_ref(), alias_of__isnull=True)
        return siblings.order_by("pk").first() or self

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """A copy that is a thing of its own has facts of its own: only a translation is left without (see `copy`)."""
        super().__init_subclass__(**kwargs)
        cls.exclude_fields_in_copy = []  # type: ignore[attr-defined]

    def copy(self, *args: Any, exclude_fields: Any = None, log_action: Any = "wagtail.copy", **kwargs: Any) -> Any:
        """Wagtail 8.0.1 makes translations by this too, with the one list of what to leave out."""
        if log_action == "wagtail.copy_for_translation":
            exclude_fields = [*(exclude_fields or []), *self.facts]
        return super().copy(*args, exclude_fields=exclude_fields, log_action=log_action, **kwargs)  # type: ignore[misc]


def article_kinds() -> dict[str, str]:
    """Kinds of articles."""
    return {"types__icontains": '"article"'}


def event_kinds() -> dict[str, str]:
    """Kinds of events."""
    return {"types__icontains": '"event"'}


class ArticlePage(ListedPage, Page):
    """A chapter's news article."""

    register_type = "article"
    words = ("title", "slug", "summary", "body", "picture_alt")
    facts = ("picture", "listed_on", "kind", "countries", "themed", "themes", "related")
    neither = ("ref",)

    kind = models.ForeignKey(
        Kind, verbose_name=_("kind"), null=True, blank=True, on_delete=models.PROTECT, limit_choices_to=article_kinds,
        related_name="+", help_text=_("Empty: news."),
    )  # fmt: skip
    themes = ClusterTaggableManager(through=ThemedArticle, verbose_name=_("themes"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("listed_on"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("countries"), FieldPanel("themes", widget=ThemesWidget)]),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
        FieldPanel("related"),
    ]
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["chapters.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


def time_zones() -> list[tuple[str, str]]:
    """Names of the IANA time zone database, as choices."""
    return [(name, name) for name in sorted(available_timezones()) if "/" in name or name == "UTC"]


class EventPage(ListedPage, Page):
    """Something that takes place: somewhere, or behind a link."""

    register_type = "event"
    words = ("title", "slug", "summary", "body", "picture_alt", "place")
    facts = (
        *("picture", "listed_on", "kind", "countries", "themed", "themes", "related"),
        *("start", "end", "time_zone", "online", "organisers", "partners"),
    )
    neither = ("ref",)

    kind = models.ForeignKey(
        Kind, verbose_name=_("kind"), null=True, blank=True, on_delete=models.PROTECT, limit_choices_to=event_kinds,
        related_name="+", help_text=_("Empty: event."),
    )  # fmt: skip
    themes = ClusterTaggableManager(through=ThemedEvent, verbose_name=_("themes"), blank=True)
    start = models.DateTimeField(_("start"), null=True, blank=True, db_index=True)
    end = models.DateTimeField(_("end"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, choices=time_zones)
    place = models.CharField(_("place"), max_length=255, blank=True)
    online = models.URLField(_("link for taking part"), blank=True)
    organisers = organisations_field(_("organisers"))
    partners = organisations_field(_("partners"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("time_zone")])], heading=_("When")
        ),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("online")], heading=_("Where")),
        FieldRowPanel([FieldPanel("listed_on"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("countries"), FieldPanel("themes", widget=ThemesWidget)]),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("organisers"), FieldPanel("partners")]),
        FieldPanel("related"),
    ]
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["chapters.EventsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        """An original has a start, and does not end before it."""
        super().clean()
        original = self.get_original()
        if self.start is None and (original is self or original.pk == self.pk):
            raise ValidationError({"start": _("When does the event begin?")})
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("The event ends before it begins.")})
