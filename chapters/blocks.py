"""What the text of a page, case or statement is made of. Each block is one idea; its public form is in documents.py."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

RICH = ["bold", "italic", "link", "superscript", "subscript"]


class AnchorBlock(blocks.CharBlock):
    """An anchor in an address: given once, from the words it stands beside, and kept when they change."""

    def __init__(self, **kwargs: Any) -> None:
        """Optional: an empty anchor is filled in when the text is saved."""
        options = {
            "required": False,
            "max_length": 64,
            "help_text": _("Leave empty: it is made once, and links to it go on working."),
        }
        super().__init__(**{**options, **kwargs})

    def clean(self, value: str) -> str:
        """Only what an address may have."""
        value = super().clean(value)
        if value and not re.fullmatch(r"[\w-]+", value):
            raise ValidationError(_("An anchor has letters, digits and hyphens only."))
        return value


class AnchoredBlock(blocks.StructBlock):
    """A part of a text that can be linked to. `anchor_from` is the field its first anchor is made from."""

    anchor_from = "text"

    def clean(self, value: Any) -> Any:
        """Give an anchor where there is none."""
        value = super().clean(value)
        if not value.get("anchor"):
            value["anchor"] = anchor_of(str(value.get(self.anchor_from) or ""))
        return value


def anchor_of(text: str) -> str:
    """An anchor made from words, in their own script."""
    return slugify(text, allow_unicode=True)[:64].strip("-")


class HeadingBlock(AnchoredBlock):
    """A heading of the second to fourth level."""

    text = blocks.CharBlock(label=_("Heading"))
    level = blocks.ChoiceBlock(choices=[("2", "2"), ("3", "3"), ("4", "4")], default="2", label=_("Level"))
    anchor = AnchorBlock(label=_("Anchor"))

    class Meta:
        icon = "title"
        label = _("Heading")


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, to the letter."""

    text = blocks.TextBlock(label=_("Quote"))
    source = blocks.CharBlock(required=False, label=_("Who said it, where"))

    class Meta:
        icon = "openquote"
        label = _("Quote")


class ImageBlock(blocks.StructBlock):
    """A picture with its words in the language of this text."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        label=_("Alternative text"),
        help_text=_("What is to be seen, for those who do not see it. Empty only if it is mere decoration."),
    )
    caption = blocks.CharBlock(required=False, label=_("Caption"))
    credit = blocks.CharBlock(required=False, label=_("Credit"), help_text=_("Instead of the picture's own."))

    class Meta:
        icon = "image"
        label = _("Picture")


class DocumentBlock(blocks.StructBlock):
    """A document for download."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(required=False, label=_("Title"), help_text=_("Instead of the document's own."))

    class Meta:
        icon = "doc-full"
        label = _("Document")


class ListItemBlock(blocks.StructBlock):
    """One item: its number is text, kept as typed, so a list may begin at 4, go on with 4 bis and stop early."""

    number = blocks.CharBlock(
        required=False, max_length=20, label=_("Number"), help_text=_("As it is to be read: 4., (a), IV")
    )
    text = blocks.RichTextBlock(features=RICH, label=_("Text"))

    class Meta:
        label = _("Item")


class NumberedListBlock(AnchoredBlock):
    """A list whose numbers are what somebody wrote, not what a browser counts."""

    anchor_from = "title"

    title = blocks.CharBlock(required=False, label=_("Title"))
    items = blocks.ListBlock(ListItemBlock(), label=_("Items"))
    anchor = AnchorBlock(label=_("Anchor"))

    class Meta:
        icon = "list-ol"
        label = _("List")


class QuestionBlock(AnchoredBlock):
    """A question and its answer."""

    anchor_from = "question"

    question = blocks.CharBlock(label=_("Question"))
    answer = blocks.RichTextBlock(features=[*RICH, "ol", "ul"], label=_("Answer"))
    items = blocks.ListBlock(ListItemBlock(), required=False, default=[], label=_("Numbered points of the answer"))
    anchor = AnchorBlock(label=_("Anchor"))

    class Meta:
        icon = "help"
        label = _("Question and answer")


class GlossaryTermBlock(AnchoredBlock):
    """A term, its acronym, what it means."""

    anchor_from = "term"

    term = blocks.CharBlock(label=_("Term"))
    acronym = blocks.CharBlock(required=False, max_length=20, label=_("Acronym"))
    definition = blocks.RichTextBlock(features=RICH, label=_("Definition"))
    anchor = AnchorBlock(label=_("Anchor"))

    class Meta:
        icon = "openquote"
        label = _("Glossary term")


class ClauseBlock(blocks.StructBlock):
    """A clause of an article: a number as typed, and its text."""

    number = blocks.CharBlock(required=False, max_length=20, label=_("Number"))
    text = blocks.RichTextBlock(features=RICH, label=_("Text"))

    class Meta:
        label = _("Clause")


class StatuteArticleBlock(blocks.StructBlock):
    """An article: any number, whether or not those before it are published."""

    number = blocks.CharBlock(required=False, max_length=40, label=_("Number"), help_text=_("As written: Article 4"))
    title = blocks.CharBlock(required=False, label=_("Title"))
    text = blocks.RichTextBlock(required=False, features=RICH, label=_("Text before the clauses"))
    clauses = blocks.ListBlock(ClauseBlock(), required=False, default=[], label=_("Clauses"))

    class Meta:
        label = _("Article")


class StatuteChapterBlock(blocks.StructBlock):
    """A chapter of a statute; number and title may be missing, then its articles stand by themselves."""

    number = blocks.CharBlock(required=False, max_length=40, label=_("Number"), help_text=_("As written: Chapter two"))
    title = blocks.CharBlock(required=False, label=_("Title"))
    text = blocks.RichTextBlock(required=False, features=RICH, label=_("Text before the articles"))
    articles = blocks.ListBlock(StatuteArticleBlock(), required=False, default=[], label=_("Articles"))

    class Meta:
        label = _("Chapter")


class StatuteBlock(AnchoredBlock):
    """A statute, or any part of one. Each chapter, article and clause has a permalink (documents.py)."""

    anchor_from = "title"

    title = blocks.CharBlock(label=_("Title"))
    version = blocks.ChoiceBlock(
        choices=[("adopted", _("adopted")), ("amended", _("amended")), ("in-force", _("in force"))], label=_("Version")
    )
    dated = blocks.CharBlock(required=False, max_length=10, label=_("On"), help_text=_("1998-05-17, 1998-05 or 1998"))
    chapters = blocks.ListBlock(StatuteChapterBlock(), label=_("Chapters"))
    anchor = AnchorBlock(label=_("Anchor"))

    class Meta:
        icon = "list-ol"
        label = _("Statute")


class ReferenceBlock(blocks.CharBlock):
    """A case or statement by its ref: a chooser would drag the other one into every translation of this text."""

    def __init__(self, **kwargs: Any) -> None:
        """The ref is the short name in the address of the thing."""
        options = {
            "max_length": 32,
            "help_text": _("The ref of a case or statement: the short name at the end of its address."),
        }
        super().__init__(**{**options, **kwargs})

    def clean(self, value: str) -> str:
        """A pasted address becomes the ref at its end."""
        value = super().clean(value).strip().partition("?")[0].rstrip("/").rsplit("/", 1)[-1].rsplit("-", 1)[-1]
        if not value and not self.required:
            return ""
        if not re.fullmatch(r"[a-z0-9]+", value):
            raise ValidationError(_("This is not a ref. Copy the address of the case or statement and paste it here."))
        return value

    class Meta:
        icon = "link"
        label = _("Reference to a case or statement")


BODY: list[tuple[str, blocks.Block]] = [
    ("paragraph", blocks.RichTextBlock(features=[*RICH, "ol", "ul"], label=_("Paragraph"))),
    ("heading", HeadingBlock()),
    ("quote", QuoteBlock()),
    ("image", ImageBlock()),
    ("document", DocumentBlock()),
    ("list", NumberedListBlock()),
    ("question_and_answer", QuestionBlock()),
    ("reference", ReferenceBlock()),
]
ABOUT: list[tuple[str, blocks.Block]] = [*BODY, ("glossary_term", GlossaryTermBlock()), ("statute", StatuteBlock())]


def body_field() -> StreamField:
    """A text of ordinary blocks."""
    return StreamField(BODY, verbose_name=_("text"), blank=True)


def about_field() -> StreamField:
    """A text that may also hold glossary terms and statutes."""
    return StreamField(ABOUT, verbose_name=_("text"), blank=True)


def references_field(label: Any) -> StreamField:
    """A list of refs."""
    return StreamField([("reference", ReferenceBlock())], verbose_name=label, blank=True)


def organisations_field(label: Any) -> StreamField:
    """A list of organisations, by name and address on the web."""
    organisation = blocks.StructBlock(
        [("name", blocks.CharBlock(label=_("Name"))), ("url", blocks.URLBlock(required=False, label=_("Website")))],
        label=_("Organisation"),
        icon="group",
    )
    return StreamField([("organisation", organisation)], verbose_name=label, blank=True)
