"""What the register listens to: events at which no registered object saves itself (Wagtail 8.0.1, measured).

What takes away comes first: it withdraws before the change, by identity, and never looks at `live`.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction, TranslatableMixin
from wagtail.signals import page_published, page_slug_changed, post_page_move, pre_page_move

from federation.vocabulary.signals import labels_changed

from . import carries, register
from .models import Entry
from .registered import Registered


def connect() -> None:
    """Join every handler; called once, from `ready()`."""
    pre_delete.connect(withdraw_deleted, dispatch_uid="search.withdraw_deleted")
    post_save.connect(follow_plain_page_save, sender=Page, dispatch_uid="search.follow_plain_page_save")
    page_published.connect(follow_publication, dispatch_uid="search.follow_publication")
    page_slug_changed.connect(follow_slug, dispatch_uid="search.follow_slug")
    pre_page_move.connect(withdraw_before_move, dispatch_uid="search.withdraw_before_move")
    post_page_move.connect(follow_move, dispatch_uid="search.follow_move")
    pre_save.connect(withdraw_restricted, sender=PageViewRestriction, dispatch_uid="search.withdraw_restricted")
    post_delete.connect(put_unrestricted, sender=PageViewRestriction, dispatch_uid="search.put_unrestricted")
    labels_changed.connect(carry_labels, dispatch_uid="search.carry_labels")


def withdraw_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    """A page or snippet is about to be deleted, alone, in bulk or with its branch: its language is withdrawn first."""
    if not (issubclass(sender, Registered) or (sender is Page)) or not isinstance(instance, TranslatableMixin):
        return
    entries = Entry.objects.filter(translation_key=instance.translation_key, locale=instance.locale.language_code)
    register.withdraw_entries(entries.exclude(translation_key=None))


def follow_plain_page_save(sender: type[Page], instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Wagtail unpublishes and expires pages by saving the base `Page`, past the mixin."""
    if not raw and not instance.live:
        refresh_pages([instance])


def follow_publication(sender: type, instance: Page, **kwargs: Any) -> None:
    """A copy that is kept live is published without a save that shows it; putting twice changes nothing."""
    refresh_pages([instance])


def follow_slug(sender: type, instance: Page, **kwargs: Any) -> None:
    """A page's slug is part of the address of everything below it, for which Wagtail sends no signal."""
    refresh_branch(instance)


def withdraw_before_move(sender: type, instance: Page, url_path_after: str, **kwargs: Any) -> None:
    """A branch on its way below a view restriction leaves before it moves; there is no transaction around a move."""
    parent = kwargs.get("parent_page_after")
    if parent is not None and is_restricted(parent):
        withdraw_branch(instance)


def follow_move(sender: type, instance: Page, **kwargs: Any) -> None:
    """A branch that has moved has new addresses, and may have left a restriction behind."""
    refresh_branch(Page.objects.get(pk=instance.pk))


def withdraw_restricted(sender: type, instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """A view restriction is about to stand: its page and all below it are withdrawn first."""
    if not raw:
        withdraw_branch(instance.page)


def put_unrestricted(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A view restriction has gone: its branch is public again, where no other one stands above it."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        refresh_branch(page)


def carry_labels(sender: Any, name: str, code: str, **kwargs: Any) -> None:
    """A theme, kind, country or region is called something else, or was merged: what carries its name is put again."""
    carries.carry(name, code)


def is_restricted(page: Page) -> bool:
    """Whether a view restriction stands on a page or above it."""
    return page.get_view_restrictions().exists()


def withdraw_branch(page: Page) -> None:
    """Withdraw a page and everything below it."""
    branch = Page.objects.descendant_of(page, inclusive=True)
    by_locale = defaultdict(list)
    for key, locale in branch.values_list("translation_key", "locale__language_code"):
        by_locale[locale].append(key)
    for locale, keys in by_locale.items():
        register.withdraw_entries(Entry.objects.filter(translation_key__in=keys, locale=locale))


def refresh_branch(page: Page) -> None:
    """Make the register agree with a page and everything below it."""
    refresh_pages(Page.objects.descendant_of(page, inclusive=True))


def refresh_pages(pages: Iterable[Page]) -> None:
    """Make the register agree with these pages, whatever their types."""
    refs = defaultdict(set)
    for page in pages:
        model = page.specific_class
        if model is not None and issubclass(model, Registered):
            specific = page if isinstance(page, Registered) else page.specific
            refs[model.register_type].add(specific.get_ref())
    for type_name, those in refs.items():
        register.refresh(type_name, those)
