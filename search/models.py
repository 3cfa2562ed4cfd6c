"""The register: one row for everything public in each language, and the log of what changed."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EntryQuerySet(models.QuerySet["Entry"]):
    """Answers about entries."""

    def public(self, now: datetime | None = None) -> "EntryQuerySet":
        """Those visible at `now`. Embargo and expiry are a matter of the clock; no scheduler has to run."""
        now = now or timezone.now()
        return self.filter(
            Q(visible_from__isnull=True) | Q(visible_from__lte=now),
            Q(visible_until__isnull=True) | Q(visible_until__gt=now),
        )

    def public_once(self, now: datetime | None = None) -> "EntryQuerySet":
        """Those that were visible before `now`, whether or not they still are."""
        now = now or timezone.now()
        return self.filter(Q(visible_from__isnull=True) | Q(visible_from__lte=now))


class Entry(models.Model):
    """A public thing in one language: what lists filter by, and the bytes that they send."""

    type = models.CharField(max_length=32)
    ref = models.CharField(max_length=32)
    locale = models.CharField(max_length=16)
    original = models.BooleanField(default=False)
    translation_key = models.UUIDField(null=True)
    kind = models.CharField(max_length=64)
    owner = models.CharField(max_length=32)
    title = models.TextField()
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # What else it is found by: language -> labels of its codes; under "" names that are the same in any language.
    found_by = models.JSONField(default=dict)
    path = models.CharField(max_length=1000)
    date = models.DateField()
    date_precision = models.CharField(max_length=8, default="day")
    start = models.DateTimeField(null=True)
    end = models.DateTimeField(null=True)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    visible_from = models.DateTimeField(null=True)
    visible_until = models.DateTimeField(null=True)
    # A row of a list and the whole detail, as JSON ready to send; BASE_MARK stands for scheme and host.
    card = models.TextField()
    document = models.TextField()
    etag = models.CharField(max_length=64)
    sequence = models.BigIntegerField()
    basis = models.CharField(max_length=100, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ref", "locale"], name="one_entry_per_ref_and_language")]
        indexes = [
            models.Index(fields=["-date", "-id"], name="entry_date"),
            models.Index(fields=["type", "ref"], name="entry_type_ref"),
            models.Index(fields=["translation_key"], name="entry_translation_key"),
            models.Index(fields=["path"], name="entry_path"),
            models.Index(fields=["sequence"], name="entry_sequence"),
            # Few rows have a moment at which they begin or cease to be visible; followers ask for those each second.
            models.Index(fields=["visible_from"], name="entry_begins", condition=Q(visible_from__isnull=False)),
            models.Index(fields=["visible_until"], name="entry_ends", condition=Q(visible_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.ref} ({self.locale})"


class EntryFacet(models.Model):
    """One value by which an entry is found and counted."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=32)
    value = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name", "value"], name="one_facet_value_per_entry")]
        indexes = [models.Index(fields=["name", "value", "entry"], name="facet_value")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class EntryFile(models.Model):
    """A file in the media storage that may be fetched because a public entry shows it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="public_files")
    name = models.CharField(max_length=255, db_index=True)

    def __str__(self) -> str:
        return self.name


class EntryReference(models.Model):
    """An entry mentions another thing: when that one goes or is renamed, this entry is written again."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="references")
    ref = models.CharField(max_length=32, db_index=True)

    def __str__(self) -> str:
        return self.ref


class Address(models.Model):
    """A path at which a thing is or was found. What has moved redirects; what has gone says so."""

    path = models.CharField(max_length=1000, unique=True)
    ref = models.CharField(max_length=32, db_index=True)
    locale = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.path


class Change(models.Model):
    """One line of the log: followers read it from their own cursor. A tombstone says nothing but these fields."""

    class What(models.TextChoices):
        """What happened."""

        PUT = "put"
        WITHDRAWN = "withdrawn"

    sequence = models.BigIntegerField(primary_key=True)
    what = models.CharField(max_length=10, choices=What.choices)
    type = models.CharField(max_length=32)
    ref = models.CharField(max_length=32)
    locale = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["ref", "what"], name="change_ref")]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.what} {self.type} {self.ref} ({self.locale})"


class Stop(models.Model):
    """Why a thing may not be public, whatever its rows say. Kept by ref, so that no revision decides it."""

    class Why(models.TextChoices):
        """Withdrawn by one of its people, back by another; held and released by staff."""

        WITHDRAWN = "withdrawn", _("withdrawn")
        HELD = "held", _("held by staff")

    type = models.CharField(max_length=32)
    ref = models.CharField(max_length=32)
    why = models.CharField(max_length=10, choices=Why.choices)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # The rows that were live: [model label, primary key, live revision or null], to be made live again.
    rows = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ref", "why"], name="one_stop_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.type} {self.ref}: {self.why}"


class Counter(models.Model):
    """The one row that numbers changes. It is taken first in a transaction, so that no reader misses a number."""

    value = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.value)


class Carry(models.Model):
    """Work still to do: whatever has this facet value is put again, because its name or place changed."""

    name = models.CharField(max_length=32)
    value = models.CharField(max_length=64)
    after_ref = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "carries"

    def __str__(self) -> str:
        return f"{self.name}={self.value} after {self.after_ref or 'the start'}"


class Follower(models.Model):
    """Somebody who follows the change log in batches: how far it has come, and who is at it."""

    name = models.CharField(max_length=64, primary_key=True)
    # Everything up to this line of the log has been followed, and every moment of visibility up to this one.
    sequence = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(default=timezone.now)
    # What it writes to: which index, made to which pattern. Empty: it has to be built first.
    index = models.CharField(max_length=200, blank=True)
    pattern = models.CharField(max_length=64, blank=True)
    # When it was last in step with the log, and what stands in its way since; empty: nothing.
    in_step_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    # Who writes, and until when nobody else may: one at a time, and a dead one is waited for no longer than this.
    holder = models.CharField(max_length=64, blank=True)
    held_until = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} at {self.sequence}"
