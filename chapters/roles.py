"""Giving and ending roles: refuse, change, announce. The screens and commands call these, never the model."""

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import APIToken

from . import rights
from .models import FEDERATION_ROLES, Chapter, RoleAssignment
from .provisioning import provision


def give_role(
    user: Any,
    role: str,
    chapter: Chapter,
    *,
    by: Any,
    locales: Iterable[str] = (),
    below: bool = False,
    until: datetime | None = None,
) -> RoleAssignment:
    """Give somebody a role in a chapter, or change the languages, reach and end of the one they have there.

    A role that reaches further than `by` could give it is theirs to change as little as to end.

    `by` is who gives it; None: the system. PermissionDenied when they may not, ValidationError for what makes no sense.
    """
    end_what_has_run_out()
    with transaction.atomic():
        stored = RoleAssignment.objects.filter(user=user, chapter=chapter, role=role, ended_at=None).first()
        _refuse(by, role, chapter, to=user, below=below or (stored is not None and stored.below))
        _refuse_languages(by, chapter, *(() if stored is None else (stored.locales,)), list(locales))
        assignment = stored or RoleAssignment(user=user, chapter=chapter, role=role)
        reached = set(_reached(assignment)) if stored else set()
        assignment.locales, assignment.below, assignment.until = list(locales), below, until
        assignment.given_by, assignment.given_at = by, timezone.now()
        assignment.full_clean()
        assignment.save()
        _derive(reached | set(_reached(assignment)))
        _log(assignment, "federation.role_given", by=by)
    return assignment


def end_role(assignment: RoleAssignment, *, by: Any, reason: str = "") -> None:
    """End a role at once: its rights, and where it was somebody's last one their sessions and tokens.

    `by` is who ends it; None: the system. PermissionDenied when they may not.
    """
    _refuse(by, assignment.role, assignment.chapter, to=assignment.user, below=assignment.below)
    if assignment.ended_at is None:
        with transaction.atomic():
            _end(assignment, by=by, reason=reason)


def end_what_has_run_out() -> int:
    """Take away what was derived from roles whose time is over; how many. One small query when there are none."""
    if not RoleAssignment.objects.run_out().exists():
        return 0
    over = list(RoleAssignment.objects.run_out().select_related("chapter", "user"))
    for assignment in over:
        with transaction.atomic():
            _end(assignment, by=None, reason=_("Its time is over."))
    return len(over)


def end_access(user: Any) -> None:
    """End somebody's sessions and tokens."""
    APIToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if str(session.get_decoded().get("_auth_user_id")) == str(user.pk):
            store(session.session_key).delete()


def _refuse(by: Any, role: str, chapter: Chapter, *, to: Any, below: bool) -> None:
    if by is None:
        return
    if by.pk == to.pk:
        raise PermissionDenied(_("Nobody changes their own role. Ask somebody else of your chapter."))
    if not rights.may_give(by, role, chapter, to=to, below=below or role in FEDERATION_ROLES):
        raise PermissionDenied(_("You cannot give or end this role here."))


def _refuse_languages(by: Any, chapter: Chapter, *several: Iterable[str]) -> None:
    if by is not None and not all(rights.may_give_in(by, chapter, locales) for locales in several):
        raise PermissionDenied(_("You cannot give or end this role here."))


def _end(assignment: RoleAssignment, *, by: Any, reason: str) -> None:
    RoleAssignment.objects.filter(pk=assignment.pk, ended_at=None).update(ended_at=timezone.now())
    assignment.refresh_from_db()
    _derive(set(_reached(assignment)))
    if not RoleAssignment.objects.in_force().filter(user=assignment.user).exists() and not assignment.user.is_superuser:
        end_access(assignment.user)
    _log(assignment, "federation.role_ended", by=by, reason=reason)


def _reached(assignment: RoleAssignment) -> list[Chapter]:
    """Chapters whose groups it shows in: the federation's roles have one group, at the federation."""
    if assignment.below and assignment.role not in FEDERATION_ROLES:
        return list(assignment.chapter.below())
    return [assignment.chapter]


def _derive(chapters: Iterable[Chapter]) -> None:
    for chapter in chapters:
        provision(chapter)


def _log(assignment: RoleAssignment, action: str, *, by: Any, reason: str = "") -> None:
    """On the chapter. No name: the log says which account, which may be deleted one day."""
    said = {"role": assignment.role, "user": str(assignment.user_id), "below": assignment.below}
    log(instance=assignment.chapter, action=action, user=by, data={**said, "reason": reason})
