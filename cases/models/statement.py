"""Statement: a shared snippet."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.api import APIField
from wagtail.search import index

from chapters.blocks import references_field
from chapters.validators import validate_partial_date
from federation.vocabulary.models import Theme

from .attached import CoPublisher, Source
from .item import Item, Visibility


class ThemedStatement(ItemBase):
    """A statement is about a theme."""

    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="statement_items")
    content_object = ParentalKey("cases.Statement", on_delete=models.CASCADE, related_name="themed")

    class Meta:
        verbose_name = _("theme of a statement")
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_theme_of_a_statement")]


class Statement(Item):
    """What a chapter says in public: a statement, letter, report, submission ... - its kind says which."""

    register_type = "statement"
    offered_by_default = True
    facts = (
        *("kind", "dated", "countries", "themed", "themes", "related", "sources"),
        *("symbol", "addressee", "event_dated", "deadline"),
    )

    # Written to be published, unlike a case: what keeps it back is that it is a draft.
    visibility = models.CharField(
        _("visibility"), max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC, editable=False
    )
    symbol = models.CharField(_("symbol"), max_length=64, blank=True, help_text=_("As on the document: OHF/2026/OS/3"))
    addressee = models.CharField(_("addressee"), max_length=255, blank=True)
    event_dated = models.CharField(
        _("date of what it is about"), max_length=10, blank=True, validators=[validate_partial_date]
    )
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    related = references_field(_("related"))
    themes = ClusterTaggableManager(through=ThemedStatement, verbose_name=_("themes"), blank=True)

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("summary"),
        index.FilterField("ref"),
        index.FilterField("owner"),
        index.FilterField("kind"),
        index.FilterField("locale"),
        index.FilterField("live"),
        index.FilterField("visibility"),
    ]

    api_fields = [
        *Item.api_fields,
        *(APIField(name, writable=True) for name in ("themes", "related")),
        *(APIField(name, writable=True) for name in ("symbol", "addressee", "event_dated", "deadline")),
    ]

    class Meta(Item.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")


class StatementCoPublisher(CoPublisher):
    """A chapter that publishes a statement too."""

    item = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="co_publications")


class StatementSource(Source):
    """A source of a statement."""

    item = ParentalKey(Statement, on_delete=models.CASCADE, related_name="sources")
