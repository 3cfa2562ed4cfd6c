"""The menu of the admin: what one's chapters have, and nothing of Wagtail's that is not theirs."""

from copy import copy
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from chapters import rights

from .things import lists_in_order

# Wagtail's own entries that speak of the whole site; federation staff keep them.
OF_THE_SITE = {"explorer", "reports", "settings"}
# Reports that ours have taken the place of, or that know no chapters.
REPLACED = {"site-history", "workflows", "workflow-tasks", "page-types-usage"}


class OfChapters(MenuItem):
    """For whoever sees drafts of some chapter."""

    def is_shown(self, request: HttpRequest) -> bool:
        """People of chapters, and staff."""
        return rights.may_somewhere(request.user, rights.VIEW)


def things_items() -> list[MenuItem]:
    """The lists of things, of pages and of what apps upstairs have joined."""
    return [
        OfChapters(
            listed.title,
            reverse_lazy("chapters_admin:things", args=[name]),
            name=f"things-{name}",
            icon_name=listed.icon,
            order=listed.order,
        )
        for name, listed in lists_in_order()
    ]


class WithRight(MenuItem):
    """For whoever has a right somewhere; the trail is for auditors too, who have it without a chapter of their own."""

    def __init__(self, *args: Any, right: str, **kwargs: Any) -> None:
        """Which right."""
        super().__init__(*args, **kwargs)
        self.right = right

    def is_shown(self, request: HttpRequest) -> bool:
        """Somewhere."""
        return rights.may_somewhere(request.user, self.right)


def work_items() -> list[MenuItem]:
    """What is to be done, and what was done."""
    return [
        WithRight(
            _("Reviews"), reverse_lazy("chapters_admin:reviews"), name="reviews", icon_name="tasks", order=160,
            right=rights.VIEW,
        ),
        WithRight(
            _("Translations"), reverse_lazy("chapters_admin:translations"), name="fed-translations",
            icon_name="wagtail-localize-language", order=170, right=rights.TRANSLATE,
        ),
        WithRight(
            _("Audit trail"), reverse_lazy("chapters_admin:audit"), name="audit", icon_name="history", order=600,
            right=rights.AUDIT,
        ),
    ]  # fmt: skip


def leave_out_what_is_not_theirs(request: HttpRequest, items: list[Any]) -> None:
    """Of the main menu."""
    user: Any = request.user
    if user.is_superuser or rights.is_staff(user):
        items[:] = [_as_tree(item) if item.name == "explorer" else item for item in items]
        return
    hidden = OF_THE_SITE - ({"reports"} if rights.is_auditor(user) else set())
    items[:] = [item for item in items if item.name not in hidden]


def _as_tree(item: Any) -> Any:
    """Wagtail calls it "Pages" too; what is in no chapter, staff find there alone. The entry itself is everybody's."""
    tree = copy(item)
    tree.label = _("Page tree")
    return tree


def leave_out_replaced_reports(request: HttpRequest, items: list[Any]) -> None:
    """Of the menu of reports; who keeps the machine running sees them all."""
    if not request.user.is_superuser:  # type: ignore[union-attr]
        items[:] = [item for item in items if item.name not in REPLACED]
