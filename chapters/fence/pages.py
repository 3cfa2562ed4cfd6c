"""Pages: who may look at one, and at which of them in a chooser. What may be done to them Wagtail's page rights say."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Q
from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import page_permission_policy

from chapters import rights
from chapters.belongings import FRONT_DEPTH
from chapters.models import ChapterPage

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


def guard_deleting() -> None:
    """Join the guard to what Wagtail asks before it deletes a page, from wherever; called once, from `ready()`."""
    if not hasattr(PagePermissionTester.can_delete, "guarded"):
        PagePermissionTester.can_delete = _guarded(PagePermissionTester.can_delete)


def _guarded(can_delete: Callable[..., bool]) -> Callable[..., bool]:
    """Who does not publish deletes their own drafts alone, never public ones.

    Wagtail 8.0.1 lets whoever may change a page delete it while it is not live: a colleague's draft, a translator the
    text to be translated, anybody what was withdrawn and waits for a second person.
    """

    @wraps(can_delete)
    def guarded(self: Any, ignore_bulk: bool = False) -> bool:
        if not can_delete(self, ignore_bulk=ignore_bulk):
            return False
        # With `ignore_bulk` it is asked whether a page may be moved.
        if ignore_bulk or self.user.is_superuser or "publish" in self.permissions:
            return True
        return bool(self.page.owner_id == self.user.pk and self.page.first_published_at is None)

    guarded.guarded = True  # type: ignore[attr-defined]
    return guarded


def guard_translators() -> None:
    """Join the other guard to what Wagtail asks before it lets a page be edited; called once, from `ready()`."""
    if not hasattr(PagePermissionTester.can_edit, "guarded"):
        PagePermissionTester.can_edit = _only_translations(PagePermissionTester.can_edit)


def _only_translations(can_edit: Callable[..., bool]) -> Callable[..., bool]:
    """Who only translates changes translations, never what was written in their language first.

    Wagtail 8.0.1's rights on pages flow down a language's tree, whatever stands there.
    """

    @wraps(can_edit)
    def guarded(self: Any) -> bool:
        if not can_edit(self):
            return False
        if self.user.is_superuser or "add" in self.permissions or not _only_translates(self.user, self.page):
            return True
        return is_translation(self.page)

    guarded.guarded = True  # type: ignore[attr-defined]
    return guarded


def is_translation(page: Any) -> bool:
    """Whether a page was made from one in another language: of those that belong together the first is the original."""
    if "_is_translation" not in page.__dict__:
        earlier = Page.objects.filter(translation_key=page.translation_key, pk__lt=page.pk)
        page.__dict__["_is_translation"] = earlier.exists()
    return bool(page.__dict__["_is_translation"])


def _only_translates(user: Any, page: Any) -> bool:
    """Whether somebody may change a page as a translator of its chapter alone."""
    chapter = _chapter_of(user, page)
    code = page.locale.language_code
    return rights.may(user, rights.TRANSLATE, chapter, locale=code) and not rights.may(
        user, rights.CHANGE, chapter, locale=code
    )


def _chapter_of(user: Any, page: Any) -> Any:
    """By the fronts, read once for each user object: lists ask for each of their rows."""
    if "_fronts" not in user.__dict__:
        fronts = ChapterPage.objects.exclude(chapter=None).values_list("path", "chapter")
        user.__dict__["_fronts"] = dict(fronts)
    found = user.__dict__["_fronts"].get(page.path[: Page.steplen * FRONT_DEPTH])
    return next((chapter for chapter in rights.all_chapters(user) if chapter.pk == found), None)


def _roots(user: Any) -> list[Any]:
    """The tops of what a user has rights on; asked once for each user object."""
    if "_page_roots" not in user.__dict__:
        permissions = page_permission_policy.get_cached_permissions_for_user(user)
        user.__dict__["_page_roots"] = list({permission.page for permission in permissions})
    found: list[Any] = user.__dict__["_page_roots"]
    return found
