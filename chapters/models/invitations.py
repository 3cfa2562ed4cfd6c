"""An invitation: a role that waits for somebody who has no account yet."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from chapters.validators import validate_languages

from .chapter import Chapter
from .roles import Role

LASTS = timedelta(days=7)
SALT = "chapters.invitation"


def random_nonce() -> str:
    """What makes the link of an invitation its own."""
    return get_random_string(22)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Answers about invitations."""

    def pending(self) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, invited_at__gt=timezone.now() - LASTS)


class Invitation(models.Model):
    """Somebody whom we know by an e-mail address alone is to have a role, once they accept it."""

    email = models.EmailField(_("e-mail"), max_length=150)
    chapter = models.ForeignKey(
        Chapter, verbose_name=_("chapter"), on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    locales = models.JSONField(_("languages"), default=list, blank=True, validators=[validate_languages])
    below = models.BooleanField(_("in the chapters below too"), default=False)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    nonce = models.CharField(max_length=32, default=random_nonce, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Whether a person invited, or the system (a command): only the latter needs no right that still holds.
    by_system = models.BooleanField(default=False, editable=False)
    invited_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    # Empty: no mail was sent, so the link is shown to whoever may give the role.
    mailed_at = models.DateTimeField(_("sent by mail"), null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.chapter}"

    @property
    def expires_at(self) -> datetime:
        """When its link stops working."""
        return self.invited_at + LASTS

    @property
    def is_pending(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()

    @property
    def token(self) -> str:
        """What its link ends with, always the same: signed, so that nobody can make one."""
        return signing.Signer(salt=SALT).sign_object([self.pk, self.nonce])

    @classmethod
    def of_token(cls, token: str) -> "Invitation | None":
        """The invitation of a link, if it can still be accepted. None says nothing about why."""
        try:
            pk, nonce = signing.Signer(salt=SALT).unsign_object(token)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls.objects.pending().filter(pk=pk, nonce=nonce).select_related("chapter", "invited_by").first()
