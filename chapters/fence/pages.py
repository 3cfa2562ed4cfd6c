"""Pages: who may look at one, and at which of them in a chooser. What may be done to them Wagtail's page rights say."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .guests import is_guest


def may_see_page(user: Any, page: Any) -> bool:
    """Whether a page, drafts and all, is shown to somebody: who has any right on it, and guests."""
    if user.is_superuser:
        return True
    return any(page.path.startswith(root.path) for root in _roots(user)) or is_guest(user, page.specific_deferred)


def may_find_page(user: Any, page: Any) -> bool:
    """Whether somebody may come by a page on the way to their own: home pages and the root, and what they see."""
    return any(root.path.startswith(page.path) for root in _roots(user)) or may_see_page(user, page)


def may_choose_page(user: Any, page: Any) -> bool:
    """Whether somebody may refer to a page: their own ones, and what is public."""
    return may_find_page(user, page) or choosable_pages(user, Page.objects.filter(pk=page.pk)).exists()


def choosable_pages(user: Any, pages: Any) -> Any:
    """Of some pages those that somebody may refer to: live ones without a restriction, and their own chapters'."""
    if user.is_superuser:
        return pages
    own = Q(pk__in=())
    for root in _roots(user):
        own |= Q(path__startswith=root.path)
    return pages.filter(own | (Q(live=True) & Q(pk__in=Page.objects.public().values("pk"))))


def _roots(user: Any) -> list[Any]:
    """The tops of what a user has rights on; asked once for each user object."""
    if "_page_roots" not in user.__dict__:
        permissions = page_permission_policy.get_cached_permissions_for_user(user)
        user.__dict__["_page_roots"] = list({permission.page for permission in permissions})
    found: list[Any] = user.__dict__["_page_roots"]
    return found
