"""The chapter: tenant, and identity in every language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string

from chapters.validators import (
    FREE_TYPES,
    validate_code,
    validate_colour,
    validate_free_types,
    validate_languages,
    validate_partial_date,
)
from federation.options import option
from federation.vocabulary.models import Country, Region, in_language


def free_at_first() -> list[str]:
    """What editors of a new chapter publish at once: everything that may be free, but for statements."""
    return [name for name in FREE_TYPES if name != "statement"]


class Chapter(models.Model):
    """A national, sub-regional or regional chapter, or the federation itself: the root and its secretariat."""

    class Level(models.TextChoices):
        """Where a chapter stands."""

        FEDERATION = "federation", _("federation")
        REGIONAL = "regional", _("regional")
        SUB_REGIONAL = "sub-regional", _("sub-regional")
        NATIONAL = "national", _("national")

    class Status(models.TextChoices):
        """Whether it is at work."""

        ACTIVE = "active", pgettext_lazy("a chapter", "active")
        SUSPENDED = "suspended", _("suspended")
        ARCHIVED = "archived", _("archived")

    class StaffApproval(models.TextChoices):
        """Whether federation staff approve too, after the chapter's own moderators."""

        NEVER = "never", _("never")
        SENSITIVE = "sensitive", _("for sensitive kinds only")
        ALWAYS = "always", _("always")

    # Who may stand under whom.
    MAY_STAND_UNDER = {
        Level.FEDERATION: (),
        Level.REGIONAL: (Level.FEDERATION,),
        Level.SUB_REGIONAL: (Level.REGIONAL,),
        Level.NATIONAL: (Level.SUB_REGIONAL, Level.REGIONAL, Level.FEDERATION),
    }

    code = models.SlugField(_("code"), max_length=32, unique=True, validators=[validate_code])
    names = models.JSONField(_("names"), default=dict, help_text=_("The name in each language."))
    level = models.CharField(_("level"), max_length=16, choices=Level.choices)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=255, editable=False, db_index=True)
    countries = models.ManyToManyField(Country, verbose_name=_("countries"), blank=True, related_name="chapters")
    region = models.ForeignKey(
        Region, verbose_name=_("house region"), null=True, blank=True, on_delete=models.PROTECT, related_name="chapters"
    )
    languages = models.JSONField(_("languages"), default=list, validators=[validate_languages])
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.ACTIVE)
    status_since = models.DateTimeField(_("status since"), null=True, blank=True, editable=False)
    status_reason = models.TextField(_("reason of the status"), blank=True, editable=False)
    free_types = models.JSONField(
        _("editors publish at once"), default=free_at_first, blank=True, validators=[validate_free_types]
    )
    staff_approval = models.CharField(
        _("federation staff approve"), max_length=16, choices=StaffApproval.choices, default=StaffApproval.NEVER
    )
    review_days = models.PositiveSmallIntegerField(
        _("promised review time in days"), default=3, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    others_approve_translations = models.BooleanField(
        _("moderators of other chapters may approve translations that they offer"), default=False
    )
    founded = models.CharField(
        _("founded"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("1998-05-17, 1998-05 or 1998"),
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Of an office or a role, never of a person."))
    telephone = models.CharField(_("telephone"), max_length=64, blank=True)
    address = models.TextField(_("address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    colour = models.CharField(_("colour"), max_length=7, blank=True, validators=[validate_colour])
    accent_colour = models.CharField(_("accent colour"), max_length=7, blank=True, validators=[validate_colour])
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["level"], condition=models.Q(level="federation"), name="one_federation")
        ]

    def __str__(self) -> str:
        return self.name(get_language())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the paths of the whole branch in step."""
        with transaction.atomic():
            self.path = f"{self.parent.path}/{self.code}" if self.parent else self.code
            before = type(self).objects.filter(pk=self.pk).values_list("path", flat=True).first()
            super().save(*args, **kwargs)
            if before and before != self.path:
                for child in self.children.all():
                    child.parent = self
                    child.save()

    def clean(self) -> None:
        """Who may stand under whom, and no chapter under itself."""
        levels = dict(self.Level.choices)
        allowed = self.MAY_STAND_UNDER.get(self.Level(self.level), ()) if self.level in levels else ()
        if self.parent is None and allowed:
            raise ValidationError({"parent": _("Only the federation stands under nobody. Choose a parent.")})
        if self.parent is not None and self.parent.level not in allowed:
            above = ", ".join(str(levels[level]) for level in allowed) or _("nobody")
            raise ValidationError(
                {
                    "parent": _("A %(level)s chapter stands under: %(above)s.")
                    % {"level": levels[self.level], "above": above}
                }
            )
        if self.pk and self.parent is not None and self.parent.pk in set(self.below().values_list("pk", flat=True)):
            raise ValidationError({"parent": _("A chapter cannot stand under itself.")})

    def name(self, lang: str | None) -> str:
        """Its name in a language, else in its own first one, else its code."""
        own = self.names.get(self.languages[0], "") if self.languages else ""
        return self.names.get(lang or "") or own or in_language(self.names, lang, self.code)

    def codes_upwards(self) -> tuple[str, ...]:
        """Its code and those of all above it, itself first."""
        return tuple(reversed(self.path.split("/")))

    def below(self) -> "models.QuerySet[Chapter]":
        """Itself and every chapter below it."""
        return type(self).objects.filter(models.Q(path=self.path) | models.Q(path__startswith=f"{self.path}/"))

    @property
    def is_active(self) -> bool:
        """Whether it is at work: a suspended or archived chapter writes and publishes nothing."""
        return self.status == self.Status.ACTIVE

    def editors_publish(self, type_name: str) -> bool:
        """Whether its editors publish things of this type at once, without a moderator."""
        return type_name in self.free_types and type_name in FREE_TYPES

    def needs_staff(self, *, type_name: str, kind: str) -> bool:
        """Whether federation staff approve such a thing too, after the chapter's own moderators."""
        sensitive = bool({type_name, kind} & set(option("SENSITIVE_KINDS")))
        return self.staff_approval == self.StaffApproval.ALWAYS or (
            self.staff_approval == self.StaffApproval.SENSITIVE and sensitive
        )
