"""The site's own pages: the home page of each language, and free pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from chapters.blocks import body_field
from chapters.front_blocks import front_field
from chapters.models import TextPage
from chapters.words import DraftShown, WordsAndFacts


class HomePage(WordsAndFacts, DraftShown, Page):
    """The front of the site in one language. It lists; it has no entry of its own."""

    words = ("title", "slug", "introduction", "front")

    introduction = models.TextField(_("introduction"), blank=True)
    front = front_field()

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("front")]
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.FreePage", "chapters.ChapterPage"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class FreePage(TextPage, Page):
    """A page that belongs to no section: imprint, privacy, a campaign."""

    page_kind = "page"

    summary = models.TextField(_("summary"), blank=True)
    body = body_field()

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["home.HomePage", "home.FreePage"]
    subpage_types = ["home.FreePage"]

    class Meta:
        verbose_name = _("free page")
        verbose_name_plural = _("free pages")
