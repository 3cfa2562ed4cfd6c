"""Controlled vocabularies: each term is a code that never changes, with a label in every language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TagBase

# No code of a region or theme: lists find under it what has none.
NONE = "none"


def in_language(labels: dict[str, str], lang: str | None, otherwise: str) -> str:
    """The label in a language, else in English, else in any; `otherwise` when there is none at all."""
    return labels.get(lang or "") or labels.get("en") or next((text for text in labels.values() if text), otherwise)


class Country(models.Model):
    """A country or territory of ISO 3166-1; XK is the user-assigned code that is usual for Kosovo."""

    code = models.CharField(_("code"), max_length=2, primary_key=True, help_text="ISO 3166-1 alpha-2")
    alpha3 = models.CharField(max_length=3, blank=True)
    numeric = models.CharField(max_length=3, blank=True)
    names = models.JSONField(_("names"), default=dict)
    aliases = models.JSONField(_("other names"), default=list, blank=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.names, get_language(), self.code)


class Region(ClusterableModel):
    """A region of the UN's M49 list, or a house region: one that the federation draws for itself."""

    class Origin(models.TextChoices):
        """Who drew it."""

        M49 = "m49", "UN M49"
        HOUSE = "house", _("house region")

    code = models.SlugField(_("code"), unique=True, max_length=64)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin.choices, default=Origin.HOUSE)
    m49 = models.CharField("M49", max_length=3, blank=True)
    labels = models.JSONField(pgettext_lazy("of a term", "labels"), default=dict)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.labels, get_language(), self.code)

    def clean(self) -> None:
        """A region cannot be part of itself."""
        refuse_reserved("code", self.code)
        refuse_cycle(self)


class RegionMembership(models.Model):
    """A country belongs to a region, perhaps only from or until a day."""

    region = ParentalKey(Region, on_delete=models.CASCADE, related_name="memberships")
    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.CASCADE, related_name="memberships"
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["region", "country"]

    def __str__(self) -> str:
        return f"{self.country_id} in {self.region}"


class Theme(TagBase):
    """What a thing is about. The slug is its code; editors choose themes and invent none while writing."""

    free_tagging = False

    labels = models.JSONField(pgettext_lazy("of a term", "labels"), default=dict)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged_from"
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["slug"]

    def __str__(self) -> str:
        return in_language(self.labels, get_language(), self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep taggit's own name in step: it is what tag inputs show and match."""
        self.name = in_language(self.labels, "en", self.slug)
        super().save(*args, **kwargs)

    @property
    def code(self) -> str:
        """Its code, which is its slug."""
        return self.slug

    def clean(self) -> None:
        """A theme cannot be part of itself."""
        refuse_reserved("slug", self.slug)
        refuse_cycle(self)


class Kind(models.Model):
    """What readers call a thing: one flat vocabulary over all types of content."""

    code = models.SlugField(_("code"), primary_key=True, max_length=64)
    labels = models.JSONField(pgettext_lazy("of a term", "labels"), default=dict)
    plurals = models.JSONField(_("labels of several"), default=dict, blank=True)
    types = models.JSONField(_("types of content"), default=list, help_text=_("Types that may be of this kind."))

    class Meta:
        verbose_name = _("kind")
        verbose_name_plural = _("kinds")
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.labels, get_language(), self.code)


def refuse_reserved(field: str, code: str) -> None:
    """ValidationError for the code under which lists find what has no term at all."""
    if code == NONE:
        raise ValidationError({field: _("“%s” stands for what has none. Choose another code.") % NONE})


def refuse_cycle(term: Any) -> None:
    """ValidationError when a term would stand above itself."""
    above, seen = term.parent, {term.pk}
    while above is not None:
        if above.pk in seen and term.pk is not None:
            raise ValidationError({"parent": _("This would make it a part of itself. Choose another.")})
        seen.add(above.pk)
        above = above.parent
