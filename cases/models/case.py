"""Case: a shared snippet."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.api import APIField
from wagtail.search import index

from chapters.blocks import references_field
from federation.vocabulary.models import Theme

from .attached import CoPublisher, Source
from .item import Item


class ThemedCase(ItemBase):
    """A case is about a theme."""

    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="case_items")
    content_object = ParentalKey("cases.Case", on_delete=models.CASCADE, related_name="themed")

    class Meta:
        verbose_name = _("theme of a case")
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_theme_of_a_case")]


class Case(Item):
    """One case ties together what happened to the same people over time. Its title names nobody."""

    register_type = "case"
    facts = ("kind", "dated", "countries", "themed", "themes", "related", "sources")

    related = references_field(_("related"))
    themes = ClusterTaggableManager(through=ThemedCase, verbose_name=_("themes"), blank=True)

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

    api_fields = [*Item.api_fields, *(APIField(name, writable=True) for name in ("themes", "related"))]

    class Meta(Item.Meta):
        verbose_name = _("case")
        verbose_name_plural = _("cases")


class CaseCoPublisher(CoPublisher):
    """A chapter that publishes a case too."""

    item = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="co_publications")


class CaseSource(Source):
    """A source of a case."""

    item = ParentalKey(Case, on_delete=models.CASCADE, related_name="sources")
