"""Who may what in a chapter: the assignments of roles are the truth, groups and grants are derived from them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapters.validators import validate_languages

from .chapter import Chapter


class Role(models.TextChoices):
    """What somebody is in a chapter; the last two are of the whole federation."""

    EDITOR = "editor", _("editor")
    MODERATOR = "moderator", _("moderator")
    TRANSLATOR = "translator", _("translator")
    CASE_OFFICER = "case-officer", _("case officer")
    STAFF = "staff", _("federation staff")
    AUDITOR = "auditor", _("auditor")


# Given at the federation's own chapter only, and good everywhere.
FEDERATION_ROLES = frozenset({Role.STAFF, Role.AUDITOR})


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Answers about assignments."""

    def in_force(self, at: datetime | None = None) -> "RoleAssignmentQuerySet":
        """Those that hold at a moment (now), compared with the clock."""
        return self.filter(ended_at=None).filter(models.Q(until=None) | models.Q(until__gt=at or timezone.now()))

    def run_out(self) -> "RoleAssignmentQuerySet":
        """Those whose time is over and whose derived rights have not been taken away yet."""
        return self.filter(ended_at=None, until__lte=timezone.now())

    def reaching(self, chapter: Chapter) -> "RoleAssignmentQuerySet":
        """Those given at this chapter, and those given above it that reach down."""
        above = models.Q(chapter__code__in=chapter.codes_upwards(), below=True)
        return self.filter(models.Q(chapter=chapter) | above)


class RoleAssignment(models.Model):
    """Somebody has a role in a chapter, perhaps in those below it too, perhaps until a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="role_assignments"
    )
    chapter = models.ForeignKey(
        Chapter, verbose_name=_("chapter"), on_delete=models.CASCADE, related_name="role_assignments"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    locales = models.JSONField(
        _("languages"),
        default=list,
        blank=True,
        validators=[validate_languages],
        help_text=_("Empty: all of the chapter's. A translator needs at least one."),
    )
    below = models.BooleanField(_("in the chapters below too"), default=False)
    until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until somebody ends it."))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["chapter__path", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "chapter", "role"], condition=models.Q(ended_at=None), name="one_such_role_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["ended_at", "until"], name="roles_that_run_out")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.chapter}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is given for the federation reaches everywhere."""
        if self.role in FEDERATION_ROLES:
            self.below = True
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """A translator has languages; what is the federation's is given at the federation."""
        if self.role == Role.TRANSLATOR and not self.locales:
            raise ValidationError({"locales": _("Which languages does this translator write? Name at least one.")})
        if self.role in FEDERATION_ROLES and self.chapter.level != Chapter.Level.FEDERATION:
            raise ValidationError({"role": _("Federation staff and auditors are named at the federation itself.")})
        if self.until and not self.pk and self.until <= timezone.now():
            raise ValidationError({"until": _("This moment has passed already.")})

    @property
    def is_in_force(self) -> bool:
        """Whether it holds at this moment."""
        return self.ended_at is None and (self.until is None or self.until > timezone.now())

    def reaches(self, chapter: Chapter) -> bool:
        """Whether it says anything about a chapter."""
        return self.chapter_id == chapter.pk or (self.below and chapter.path.startswith(f"{self.chapter.path}/"))

    def speaks(self, locale: str | None) -> bool:
        """Whether it says anything about a language; None asks about any."""
        return locale is None or not self.locales or locale in self.locales
