"""What a front is composed of, and the links around it. Their public form is in front_documents.py."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.fields import StreamField

from federation.vocabulary.labels import labels
from federation.vocabulary.languages import site_languages
from federation.vocabulary.models import in_language

from .blocks import RICH, ReferenceBlock


def _choices(name: str) -> list[tuple[str, str]]:
    from django.utils.translation import get_language

    lang = get_language() or site_languages()[0]
    found = [(code, in_language(words, lang, code)) for code, words in labels(name).items()]
    return sorted(found, key=lambda choice: choice[1])


def kind_choices() -> list[tuple[str, str]]:
    """Kinds, by their label."""
    return _choices("kind")


def country_choices() -> list[tuple[str, str]]:
    """Countries, by their name."""
    return _choices("country")


def theme_choices() -> list[tuple[str, str]]:
    """Themes, by their label."""
    return _choices("theme")


TYPES = [
    ("statement", _("Statements")),
    ("case", _("Cases")),
    ("article", pgettext_lazy("news", "Articles")),
    ("event", _("Events")),
]


class TargetBlock(blocks.CharBlock):
    """Where a link leads: an address of this site from its root, or anything on the web, or an e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        """Long enough for filtered lists."""
        options = {"max_length": 1000, "help_text": _("/en/statements/?kind=report, https://… or mailto:…")}
        super().__init__(**{**options, **kwargs})

    def clean(self, value: str) -> str:
        """Nothing that runs."""
        value = super().clean(value).strip()
        if value and not is_target(value):
            raise ValidationError(_("Write an address that begins with / , https:// , http:// or mailto: ."))
        return value


def is_target(text: str) -> bool:
    """Whether a link may lead there."""
    if text.startswith("/"):
        return not text.startswith("//") and "\\" not in text
    parts = urlsplit(text)
    return (parts.scheme in {"http", "https"} and bool(parts.netloc)) or (parts.scheme == "mailto" and "@" in text)


class LinkBlock(blocks.StructBlock):
    """A link and its words."""

    text = blocks.CharBlock(max_length=80, label=_("Words"))
    target = TargetBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")


class FilterBlock(blocks.StructBlock):
    """What a list is narrowed to; nothing chosen is everything."""

    types = blocks.MultipleChoiceBlock(choices=TYPES, required=False, widget=CheckboxSelectMultiple, label=_("What"))
    kinds = blocks.MultipleChoiceBlock(choices=kind_choices, required=False, label=_("Kinds"))
    countries = blocks.MultipleChoiceBlock(choices=country_choices, required=False, label=_("Countries"))
    themes = blocks.MultipleChoiceBlock(choices=theme_choices, required=False, label=_("Themes"))

    class Meta:
        label = _("Only")


class LeadBlock(blocks.StructBlock):
    """What stands first and large."""

    ref = ReferenceBlock(
        required=False,
        label=_("Item"),
        help_text=_("Its address or ref. Empty: the newest item that has a picture."),
    )
    introduction = blocks.TextBlock(required=False, label=_("Words of our own"))

    class Meta:
        icon = "pick"
        label = _("Lead")


class FeaturedBlock(blocks.StructBlock):
    """Things chosen by hand. One that is withdrawn goes from here too."""

    title = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    refs = blocks.ListBlock(ReferenceBlock(), label=_("Items"))

    class Meta:
        icon = "pin"
        label = _("Featured")


class NewestBlock(blocks.StructBlock):
    """The newest of a filter; fills itself."""

    title = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    filters = FilterBlock()
    limit = blocks.IntegerBlock(default=6, min_value=1, max_value=20, label=_("How many"))

    class Meta:
        icon = "list-ul"
        label = _("Newest")


class ChaptersBelowBlock(blocks.StructBlock):
    """The chapters below this one."""

    title = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))

    class Meta:
        icon = "group"
        label = _("Chapters below")


class CallToActionBlock(blocks.StructBlock):
    """What a reader can do."""

    title = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.TextBlock(required=False, label=_("Text"))
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "success"
        label = _("Call to action")


class TextBlock(blocks.StructBlock):
    """A short text."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=[*RICH, "ul", "ol"], label=_("Text"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class MapBlock(blocks.StructBlock):
    """A map of the world with what there is about each country."""

    title = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    filters = FilterBlock()

    class Meta:
        icon = "site"
        label = _("Map")


FRONT: list[tuple[str, blocks.Block]] = [
    ("lead", LeadBlock()),
    ("featured", FeaturedBlock()),
    ("newest", NewestBlock()),
    ("chapters_below", ChaptersBelowBlock()),
    ("call_to_action", CallToActionBlock()),
    ("text", TextBlock()),
    ("map", MapBlock()),
]


def front_field() -> StreamField:
    """The parts of a front, from top to bottom."""
    return StreamField(
        FRONT,
        verbose_name=_("front"),
        blank=True,
        help_text=_("Empty: a lead, what is newest, and the chapters below, kept up to date by themselves."),
    )


def links_field(name: Any, help_text: Any = "") -> StreamField:
    """A row of links."""
    return StreamField([("link", LinkBlock())], verbose_name=name, blank=True, help_text=help_text)
