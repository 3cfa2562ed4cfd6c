"""Cases and statements in the lists of the admin."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chapters.desk.shelves import ItemShelf
from chapters.screens.things import Listed

from .models import Case, Statement


def lists() -> dict[str, Listed]:
    """By register type."""
    return {
        "statement": Listed(
            title=gettext_lazy("Statements"), new=gettext_lazy("New statement"), icon="doc-full-inverse", order=140,
            shelf=ItemShelf(Statement), note=_note,
        ),
        "case": Listed(
            title=gettext_lazy("Cases"), new=gettext_lazy("New case"), icon="folder-open-inverse", order=150,
            shelf=ItemShelf(Case), note=_note,
        ),
    }  # fmt: skip


def _note(item: Any) -> str:
    """Its kind, of an original; and who may ever see it."""
    seen = _("visible to: %(whom)s") % {"whom": item.get_visibility_display()}
    return f"{item.kind} · {seen}" if item.kind else seen
