"""What the chapters add to the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .fence.pages import choosable_pages


@hooks.register("register_log_actions")
def name_our_actions(actions: Any) -> None:
    """What the audit log calls our actions."""
    for name, label in {
        "federation.role_given": _("Give a role"),
        "federation.role_ended": _("End a role"),
    }.items():
        actions.register_action(name, label, label)


@hooks.register("construct_page_chooser_queryset")
def offer_own_and_public_pages(pages: Any, request: Any) -> Any:
    """Another chapter's drafts are not to be chosen, so their titles are not shown."""
    return choosable_pages(request.user, pages)
