"""The one door of publishing: what needs approval, or is being read, is published by its approval alone.

Wagtail 8.0.1 publishes by `PublishRevisionAction.execute` from everywhere (button, create, bulk, v3, schedule,
workflow, wagtail-localize), asks for the right to publish only, and any publisher ends a moderation by publishing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import WorkflowState

from search.registered import Registered
from search.stops import stop, stops_of, why_not

# Key of the revision whose approval is being given.
_approved: ContextVar[int | None] = ContextVar("approved", default=None)


class NotApproved(PermissionDenied):
    """Somebody publishes what has to be read by another first; says so."""


@contextmanager
def approved(revision: Any) -> Iterator[None]:
    """Inside, this revision may be published: it has been read and approved."""
    token = _approved.set(revision.pk)
    try:
        yield
    finally:
        _approved.reset(token)


def why_not_published(row: Any, user: Any, revision: Any = None) -> str:
    """The sentence for somebody who wants to publish a row now; "" when nothing is in the way.

    Commands, imports and schedules have no user; a superuser is an operator with a key to everything.
    """
    if not isinstance(row, Registered):
        return ""
    if row.pk:
        for stop in stops_of(row.get_ref()):
            return why_not(stop)
    if user is None or user.is_superuser or (revision is not None and revision.pk == _approved.get()):
        return ""
    return _why_not_approved(row)


def guard_publishing() -> None:
    """Join the guard to Wagtail's action, and let its workflows end with what was read; called once, from `ready()`."""
    if not hasattr(PublishRevisionAction.execute, "guarded"):
        PublishRevisionAction.execute = _guarded(PublishRevisionAction.execute)
        CopyPageAction.execute = _as_draft(CopyPageAction.execute)
        CopyPageAction._copy_page = _stopped_alike(CopyPageAction._copy_page)
    # As a setting it would have to be repeated by every project that installs these apps.
    WorkflowState.on_finish = publish_what_was_read


def publish_what_was_read(workflow_state: Any, user: Any = None) -> None:
    """The end of a workflow: Wagtail 8.0.1 would publish the latest revision, whatever was reviewed."""
    revision = workflow_state.current_task_state.revision
    revision.publish(user=user, skip_permission_checks=True)


def _guarded(execute: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(execute)
    def guarded(self: Any, skip_permission_checks: bool = False) -> Any:
        sentence = why_not_published(self.object, self.user, self.revision)
        if sentence:
            raise NotApproved(sentence)
        done = execute(self, skip_permission_checks=skip_permission_checks)
        _end_what_was_returned(self.object, self.user)
        return done

    guarded.guarded = True  # type: ignore[attr-defined]
    return guarded


def _as_draft(execute: Callable[..., Any]) -> Callable[..., Any]:
    """What somebody copies is a draft. Kept live (Wagtail 8.0.1) its live revision would be the newest draft of the
    page that is copied, under a title of its own: nobody has read either.
    """

    @wraps(execute)
    def copy(self: Any, skip_permission_checks: bool = False) -> Any:
        self.keep_live = self.keep_live and self.user is None
        return execute(self, skip_permission_checks=skip_permission_checks)

    return copy


def _stopped_alike(copy_page: Callable[..., Any]) -> Callable[..., Any]:
    """A copy of what was withdrawn or is held is stopped too: the same text comes back by a second person alone."""

    @wraps(copy_page)
    def copy(self: Any, page: Any, *args: Any, **kwargs: Any) -> Any:
        copied = copy_page(self, page, *args, **kwargs)
        source = page.specific
        for one in stops_of(source.get_ref()) if isinstance(source, Registered) else ():
            stop(source.register_type, copied.get_ref(), why=one.why, reason=one.reason, by=one.by)
        return copied

    return copy


def _end_what_was_returned(row: Any, user: Any) -> None:
    """What was returned to its author and is published now, because its chapter has freed it, waits for no correction.

    Not by Wagtail's setting, which would also end the review of a draft when what stands before it is put back.
    """
    state = getattr(row, "current_workflow_state", None) if user is not None else None
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.cancel(user=user)


def _why_not_approved(row: Any) -> str:
    from .approval import needs_approval

    if row.pk and row.workflow_in_progress:
        return _("It is being reviewed: it is published when it is approved. To do something else, cancel the review.")
    if needs_approval(row):
        return _("Somebody else has to read it before it is published. Submit it.")
    return ""
