"""Naming people: who has an account gets the role, who has none gets an invitation."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.admin.localization import get_available_admin_languages
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from federation.options import base_url

from . import rights
from .models import Chapter, Invitation, RoleAssignment
from .roles import give_role

# So long an invitation that was not accepted can be looked up.
KEPT = timedelta(days=30)

logger = logging.getLogger(__name__)

# Backends that show or drop a mail instead of sending it (Django 5.2).
NOT_SENDING = tuple(f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased"))


def name_person(
    email: str,
    role: str,
    chapter: Chapter,
    *,
    by: Any,
    locales: Iterable[str] = (),
    below: bool = False,
    until: datetime | None = None,
) -> RoleAssignment | Invitation:
    """Give a role to whoever has this address: at once where there is an account, else by an invitation.

    Somebody whom `by` may not see is invited too, so that nobody learns in this way who has an account.

    Args:
        by: who does it; None for the system.
        locales: codes of languages; empty: all.
        below: whether the role reaches the chapters below.
        until: when it ends by itself.

    Raises PermissionDenied, or ValidationError with a sentence.
    """
    address = email.strip().lower()
    _refuse(address, role, chapter, by=by, locales=list(locales), below=below, until=until)
    person = person_of(address)
    if person is not None and (by is None or sees(by, person)):
        return give_role(person, role, chapter, by=by, locales=locales, below=below, until=until)
    return _invite(address, role, chapter, by=by, locales=list(locales), below=below, until=until)


def _refuse(address: str, role: str, chapter: Chapter, *, by: Any, below: bool, **given: Any) -> None:
    if by is not None:
        if by.email.lower() == address:
            raise ValidationError(_("Nobody changes their own role: ask a colleague."))
        if role not in rights.roles_to_give(by, chapter, below=below):
            raise PermissionDenied
        if not rights.may_give_in(by, chapter, given["locales"]):
            raise ValidationError(_("You cannot give or end this role here."))
    draft = RoleAssignment(role=role, chapter=chapter, below=below, **given)
    draft.full_clean(exclude=["user", "given_by"], validate_constraints=False)


def person_of(address: str) -> Any:
    """The active account of an address, whatever its capitals; None when there is none."""
    return get_user_model().objects.filter(email__iexact=address, is_active=True).order_by("pk").first()


def sees(user: Any, person: Any) -> bool:
    """Whether somebody may know that a person has an account: staff, and who names people where that one works."""
    if rights.is_staff(user):
        return True
    return any(rights.may(user, rights.ASSIGN, one.chapter) for one in rights.roles_of(person))


def _invite(address: str, role: str, chapter: Chapter, *, by: Any, **given: Any) -> Invitation:
    """A new invitation; an earlier one of the same address, role and chapter is replaced."""
    with transaction.atomic():
        earlier = Invitation.objects.pending().filter(email=address, role=role, chapter=chapter)
        earlier.update(withdrawn_at=timezone.now())
        invitation = Invitation(email=address, role=role, chapter=chapter, invited_by=by, by_system=by is None, **given)
        invitation.full_clean(exclude=["invited_by"])
        invitation.save()
        data = {"role": role, "locales": invitation.locales, "below": invitation.below}
        log(instance=chapter, action="federation.invited", user=by, data=data)
        transaction.on_commit(partial(send, invitation))
    return invitation


def withdraw_invitation(invitation: Invitation, *, by: Any) -> None:
    """Its link stops working. PermissionDenied for whoever may not give the role."""
    if invitation.role not in rights.roles_to_give(by, invitation.chapter, below=invitation.below):
        raise PermissionDenied
    with transaction.atomic():
        if Invitation.objects.pending().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
            log(instance=invitation.chapter, action="federation.invitation_withdrawn", user=by, data={})


def forget_old_invitations() -> None:
    """Addresses of people who never accepted are not kept longer than a month."""
    Invitation.objects.filter(accepted_at=None, invited_at__lt=timezone.now() - KEPT).delete()


def link_of(invitation: Invitation) -> str:
    """Where an invitation is accepted."""
    return base_url() + reverse("chapters:invitation", args=[invitation.token])


def sends_mail() -> bool:
    """Whether mails leave the house."""
    return settings.EMAIL_BACKEND not in NOT_SENDING


def send(invitation: Invitation) -> bool:
    """Mail the link, in the chapter's first language: a neutral text that names neither chapter nor role.

    Returns whether it was sent; if not, the link is shown to whoever may give the role.
    """
    if not sends_mail():
        return False
    with override(invitation.chapter.languages[0]):
        subject = _("An invitation")
        text = render_to_string("chapters/mail/invitation.txt", {"link": link_of(invitation)})
    try:
        send_mail(subject, text, None, [invitation.email])
    except (SMTPException, OSError):
        # No address in the log: the number is enough to find it.
        logger.exception("Invitation %s could not be mailed", invitation.pk)
        return False
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())
    return True


def accept(invitation: Invitation, person: Any) -> RoleAssignment:
    """The person invited takes the role; an invitation serves once.

    Raises ValidationError when it has been used, or when whoever invited may not give the role any longer.
    """
    gone = ValidationError(_("This invitation is not valid any longer. Ask for a new one."))
    if person.email.lower() != invitation.email.lower():
        raise ValidationError(_("This invitation is for somebody else. Sign out, then open its link again."))
    if invitation.invited_by is None and not invitation.by_system:
        raise gone
    with transaction.atomic():
        if not Invitation.objects.pending().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
            raise gone
        try:
            return give_role(
                person,
                invitation.role,
                invitation.chapter,
                by=invitation.invited_by,
                locales=invitation.locales,
                below=invitation.below,
                until=invitation.until,
            )
        except PermissionDenied as error:
            raise gone from error


def open_account(invitation: Invitation, *, first_name: str, last_name: str, password: str) -> Any:
    """Make an account of the invited address and give it the role; the account. Its user name is the address.

    Raises ValidationError; the sentence says nothing about whether there is an account already.
    """
    users: Any = get_user_model()
    taken = users.objects.filter(email__iexact=invitation.email).exists() or (
        users.objects.filter(**{f"{users.USERNAME_FIELD}__iexact": invitation.email}).exists()
    )
    if taken:
        raise ValidationError(_("No account could be made. If you have one already, sign in with it."))
    with transaction.atomic():
        fields = {users.USERNAME_FIELD: invitation.email, "email": invitation.email}
        person = users.objects.create_user(**fields, password=password, first_name=first_name, last_name=last_name)
        # Letters are written while they are not there to be asked for their language.
        UserProfile.objects.create(user=person, preferred_language=_language_of_the_admin())
        accept(invitation, person)
    return person


def _language_of_the_admin() -> str:
    """The present language, if the admin speaks it; else none."""
    language = get_language() or ""
    return language if language in dict(get_available_admin_languages()) else ""


def languages_for(chapter: Chapter) -> list[str]:
    """Languages that a role in a chapter can be limited to: the chapter's own, then those of all below it."""
    return list(dict.fromkeys(code for one in (chapter, *chapter.below()) for code in one.languages))
