"""Sections of a chapter."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page

from chapters.blocks import about_field, body_field
from chapters.words import DraftShown, WordsAndFacts
from search.refs import ref_of_key
from search.registered import Registered


class RefPage(Registered):
    """A registered page that keeps its ref in a column, so that it can be found by it."""

    ref = models.CharField(max_length=32, editable=False, db_index=True, blank=True)

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Keep the ref in step with the translation key: a copy is another thing."""
        self.ref = ref_of_key(self.translation_key)  # type: ignore[attr-defined]
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Wagtail validates live pages only: the ref is kept in step for drafts too."""
        self.ref = ref_of_key(self.translation_key)  # type: ignore[attr-defined]
        return super().save(*args, **kwargs)


class TextPage(WordsAndFacts, DraftShown, RefPage):
    """A page of text that stands for itself: type `page`. Every language of it is public by itself."""

    register_type = "page"
    page_kind = "page"
    words = ("title", "slug", "summary", "body")
    neither = ("ref",)

    class Meta:
        abstract = True


class AboutPage(TextPage, Page):
    """Who a chapter is: questions and answers, goals, glossary, statute."""

    page_kind = "about"

    summary = models.TextField(_("summary"), blank=True)
    body = about_field()

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["chapters.ChapterPage", "chapters.AboutPage"]
    subpage_types = ["chapters.AboutPage"]

    class Meta:
        verbose_name = _("about page")
        verbose_name_plural = _("about pages")


class ContactPage(TextPage, Page):
    """How to reach a chapter; the contact itself is the chapter's."""

    page_kind = "contact"

    summary = models.TextField(_("summary"), blank=True)
    body = body_field()

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["chapters.ChapterPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")


class SectionPage(WordsAndFacts, DraftShown, models.Model):
    """A section that lists things; no entry of its own."""

    # The type it lists.
    lists: str
    words = ("title", "slug", "introduction")
    neither = ("featured",)

    introduction = models.TextField(_("introduction"), blank=True)

    class Meta:
        abstract = True


class Featured(Orderable):
    """Another chapter's public item in a section of one's own. It goes when the item goes: it is kept by ref."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="featured")
    ref = models.CharField(_("ref"), max_length=32, help_text=_("The short name at the end of the item's address."))
    introduction = models.TextField(_("introduction"), blank=True)
    language = models.CharField(
        _("language"),
        max_length=16,
        blank=True,
        help_text=_("Show the item in this language; empty: in that of the page."),
    )

    panels = [FieldPanel("ref"), FieldPanel("language"), FieldPanel("introduction")]

    class Meta(Orderable.Meta):
        verbose_name = _("featured item")
        verbose_name_plural = _("featured items")

    def __str__(self) -> str:
        return self.ref

    def clean(self) -> None:
        """A pasted address becomes the ref at its end."""
        from chapters.blocks import ReferenceBlock

        self.ref = ReferenceBlock().clean(self.ref)


SECTION_PANELS = [
    *Page.content_panels,
    FieldPanel("introduction"),
    InlinePanel("featured", heading=_("Featured from others")),
]


class NewsIndexPage(SectionPage, Page):
    """A chapter's news."""

    lists = "article"
    content_panels = SECTION_PANELS
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["chapters.ChapterPage"]
    subpage_types = ["chapters.ArticlePage"]

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")


class EventsIndexPage(SectionPage, Page):
    """A chapter's events."""

    lists = "event"
    content_panels = SECTION_PANELS
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["chapters.ChapterPage"]
    subpage_types = ["chapters.EventPage"]

    class Meta:
        verbose_name = _("events section")
        verbose_name_plural = _("events sections")


class CasesIndexPage(SectionPage, Page):
    """A chapter's cases."""

    lists = "case"
    content_panels = SECTION_PANELS
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["chapters.ChapterPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("cases section")
        verbose_name_plural = _("cases sections")


class StatementsIndexPage(SectionPage, Page):
    """A chapter's statements."""

    lists = "statement"
    content_panels = SECTION_PANELS
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["chapters.ChapterPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("statements section")
        verbose_name_plural = _("statements sections")
