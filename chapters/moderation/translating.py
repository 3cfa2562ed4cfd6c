"""Translations are published like everything else: when somebody else has read them, where the chapter asks for that.

wagtail-localize 1.14.5 knows only "publish": it publishes after the commit in nobody's name; saving a draft of a live
translation overwrites its row, of a snippet also takes it offline.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from chapters import rights
from search.registered import Registered

from .approval import is_reviewed
from .items import may
from .publishing import why_not_published
from .reviewing import holder_of, publishers_of


def guard_translations() -> None:
    """Whatever way wagtail-localize takes, what needs a reader goes to review instead; called once, from `ready()`."""
    write = TranslationSource.create_or_update_translation
    if not hasattr(write, "guarded"):
        TranslationSource.create_or_update_translation = _guarded(write)
        StatusSidePanel.get_context_data = _with_addresses(StatusSidePanel.get_context_data)


def why_not_at_once(row: Any, user: Any) -> str:
    """The sentence for somebody who wants to publish a translation now; "" when they may."""
    if not isinstance(row, Registered) or user is None:
        return ""
    if may(user, rights.PUBLISH, row):
        return why_not_published(row, user)
    return why_not_published(row, user) or _("Your role does not publish: moderators of the chapter do.")


def hand_in(source: Any, locale: Any, user: Any, **more: Any) -> Any:
    """Save the words as a draft and start the review; what is public of it stays as it is until it is approved.

    A front or a section is read by nobody else: it stays a draft until somebody publishes it who may.
    """
    with transaction.atomic():
        before = _row(source, locale)
        live = before.live_revision if before is not None and before.live else None
        done = TranslationSource.create_or_update_translation(source, locale, user=user, publish=False, **more)
        if live is not None:
            _keep_public(live)
        row = _row(source, locale)
        if is_reviewed(type(row)):
            _submit(row, user)
    return done


def take_over(request: Any, item: Any) -> Any:
    """In wagtail-localize's editor: "Ready for review", and "Publish" of what is read by another first."""
    asked = request.POST.get("action") if request.method == "POST" else None
    if asked not in {"review", "publish"} or not isinstance(item, (Registered, Page)):
        return None
    row: Any = item
    found = Translation.objects.filter(source__object_id=row.translation_key, target_locale=row.locale, enabled=True)
    translation = found.select_related("source").first()
    if translation is None or (asked == "publish" and not why_not_at_once(row, request.user)):
        return None
    hand_in(translation.source, translation.target_locale, request.user, fallback=True, copy_parent_pages=True)
    messages.success(request, _who_goes_on(type(row)._default_manager.get(pk=row.pk)))
    return redirect(request.path)


def _who_goes_on(row: Any) -> str:
    if is_reviewed(type(row)):
        return _("It is ready for review, and waits for %(holder)s.") % {"holder": holder_of(row)}
    return _("It is saved as a draft. Such a page is published by %(holder)s.") % {"holder": publishers_of(row)}


def _guarded(write: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(write)
    def guarded(self: Any, locale: Any, user: Any = None, publish: bool = True, **more: Any) -> Any:
        row = (_row(self, locale) or self.get_source_instance()) if publish and user is not None else None
        if row is not None and why_not_at_once(row, user):
            return hand_in(self, locale, user, **more)
        return write(self, locale, user=user, publish=publish, **more)

    guarded.guarded = True  # type: ignore[attr-defined]
    return guarded


def _with_addresses(context_of: Callable[..., Any]) -> Callable[..., Any]:
    """The side panel of wagtail-localize's editor of snippets cannot be shown once a review has begun (1.14.5).

    It asks for the address at which revisions are compared, which only Wagtail's own editor hands to it.
    """

    @wraps(context_of)
    def with_addresses(self: Any, parent_context: Any) -> Any:
        context = context_of(self, parent_context)
        viewset = getattr(type(self.object), "snippet_viewset", None)
        if viewset is not None:
            context.setdefault("revisions_compare_url_name", viewset.get_url_name("revisions_compare"))
        return context

    return with_addresses


def _row(source: Any, locale: Any) -> Any:
    try:
        return source.get_translated_instance(locale)
    except source.specific_content_type.model_class().DoesNotExist:
        return None


def _keep_public(revision: Any) -> None:
    """The row as it was published; the new words are in the newest revision alone."""
    row = revision.as_object()
    row.live, row.live_revision, row.has_unpublished_changes = True, revision, True
    row.save()


def _submit(row: Any, user: Any) -> None:
    state = row.current_workflow_state
    if state is None:
        row.get_workflow().start(row, user)
    elif state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user)
