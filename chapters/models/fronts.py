"""The front page of a chapter, one in each of its languages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page

from chapters.blocks import body_field
from chapters.front_blocks import front_field, links_field
from chapters.words import DraftShown, WordsAndFacts
from search.registered import Registered

from .chapter import Chapter

INHERITED = _("Empty: that of the chapter above.")


class ChapterPage(WordsAndFacts, DraftShown, Registered, Page):
    """A chapter's front page in one language, directly below that language's home page."""

    register_type = "chapter"
    words = ("title", "slug", "summary", "body", "front", "strapline", "menu", "links", "footer", "footer_links")
    facts = ()
    neither = ("chapter",)

    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="pages", editable=False, null=True)
    summary = models.TextField(_("summary"), blank=True)
    front = front_field()
    body = body_field()
    strapline = models.CharField(_("strapline"), max_length=160, blank=True, help_text=INHERITED)
    menu = links_field(_("menu"), INHERITED)
    links = links_field(_("elsewhere"), _("Social networks, a page for donations. Empty: those of the chapter above."))
    footer = models.TextField(_("footer"), blank=True, help_text=INHERITED)
    footer_links = links_field(_("links of the footer"), _("Privacy, imprint. Empty: those of the chapter above."))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("front"), FieldPanel("body")]
    around_panels = [
        FieldPanel("strapline"),
        FieldPanel("menu"),
        FieldPanel("links"),
        FieldPanel("footer"),
        FieldPanel("footer_links"),
    ]
    promote_panels = [FieldPanel("slug")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Front")),
            ObjectList(around_panels, heading=_("Menu and links")),
            ObjectList(promote_panels, heading=_("Address")),
        ]
    )
    # Its parent, a language's home page, lives upstairs: the place is said by depth (see `can_exist_under`).
    subpage_types = [
        "chapters.AboutPage",
        "chapters.NewsIndexPage",
        "chapters.EventsIndexPage",
        "chapters.CasesIndexPage",
        "chapters.StatementsIndexPage",
        "chapters.ContactPage",
    ]

    class Meta:
        verbose_name = _("chapter page")
        verbose_name_plural = _("chapter pages")

    def __str__(self) -> str:
        return f"{self.title} ({self.locale.language_code})" if self.locale_id else self.title

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Directly below a home page, and nowhere else."""
        return parent.depth == 2 and super().can_exist_under(parent)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Never by hand: a chapter is opened (`manage.py open_chapter`), so that its rights come with it."""
        return False

    def get_ref(self) -> str:
        """The chapter's code."""
        return self.chapter.code if self.chapter else ""

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """One page of a chapter in each language."""
        super().full_clean(*args, **kwargs)
        others = type(self).objects.filter(chapter=self.chapter, locale=self.locale).exclude(pk=self.pk)
        if self.chapter and self.alias_of_id is None and others.exists():
            raise ValidationError(_("This chapter has a page in this language already."))
