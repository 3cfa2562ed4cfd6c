"""Things by their ref, whatever they are: cases, statements, articles, events and pages; and whose they are."""

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from chapters import rights
from chapters.models import Chapter
from search.models import Entry
from search.types import declared


def find(ref: str) -> Any:
    """The row that has the facts of a thing, its first page or its original; None when there is no such thing."""
    for model in _models():
        row = _rows(model, ref).first()
        if row is not None:
            return original_of(row)
    return None


def languages_of(item: Any) -> list[Any]:
    """All rows of a thing, the original first."""
    original = original_of(item)
    rows = _rows_beside(item).select_related("locale")
    return sorted(rows, key=lambda row: row.pk != original.pk)


def original_of(row: Any) -> Any:
    """The row that has the facts, or of pages of text the one that was made first."""
    if hasattr(row, "get_original"):
        return row.get_original()
    return _rows_beside(row).first() or row


def owner_of(row: Any) -> Chapter | None:
    """The chapter that answers for a row; of pages that stand in no chapter's tree, the federation."""
    from chapters.register import chapter_of, federation_chapter

    if isinstance(row, Page):
        return chapter_of(row) or federation_chapter()
    owner: Chapter | None = row.owner
    return owner


def may(user: Any, action: str, row: Any) -> bool:
    """Whether a user may do something to a row, page or snippet (chapters/rights.py)."""
    locale = row.locale.language_code
    return rights.may(user, action, owner_of(row), locale=locale, what=getattr(row, "register_type", ""))


def edit_url(row: Any) -> str:
    """Where a row is edited in the admin; "" where it has no such place."""
    return AdminURLFinder().get_edit_url(row) or ""


def item_url(ref: str) -> str:
    """Address of a thing's own page in the admin."""
    try:
        return reverse("federation_item", args=[ref])
    except NoReverseMatch:  # a host project without the admin
        return ""


def public_entry(ref: str) -> Entry | None:
    """What readers see of a thing at this moment, in its first language; None when it is not public."""
    return Entry.objects.public().filter(ref=ref).order_by("-original", "locale").first()


def has_ref(model: Any) -> bool:
    """Whether things of a model are known by a ref of their own; a chapter's front and its sections are not."""
    return any(field.name == "ref" for field in model._meta.fields)


def _models() -> Iterator[Any]:
    """Models of things that are known by a ref of their own."""
    for content_type in declared().values():
        yield from filter(has_ref, content_type.models())


def _rows(model: Any, ref: str) -> Any:
    return _ordered(model, model._default_manager.filter(ref=ref))


def _rows_beside(row: Any) -> Any:
    """The row in every language; a chapter's front has no ref of its own to find them by."""
    return _ordered(type(row), type(row)._default_manager.filter(translation_key=row.translation_key))


def _ordered(model: Any, rows: Any) -> Any:
    rows = rows.order_by("pk")
    return rows.filter(alias_of=None) if issubclass(model, Page) else rows
