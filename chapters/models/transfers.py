"""One chapter asks another to take over an item."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .chapter import Chapter


class TransferRequestQuerySet(models.QuerySet["TransferRequest"]):
    """Answers about requests."""

    def open(self) -> "TransferRequestQuerySet":
        """Those that nobody has decided about."""
        return self.filter(state=TransferRequest.State.OPEN)

    def between(self, chapter: Chapter) -> "TransferRequestQuerySet":
        """Those that a chapter has asked, or is asked."""
        return self.filter(models.Q(owner=chapter) | models.Q(to=chapter))

    def close(self, state: str, *, by: Any = None, answer: str = "") -> int:
        """Decide about them; how many."""
        return self.update(state=state, decided_by=by, decided_at=timezone.now(), answer=answer)


class TransferRequest(models.Model):
    """The owner of an item asks another chapter to become its owner. Until that one accepts nothing has changed."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken-back", _("taken back")
        VOID = "void", _("void")

    type = models.CharField(max_length=32)
    ref = models.CharField(max_length=32, db_index=True)
    owner = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # Why it was declined.
    answer = models.TextField(blank=True)

    objects = TransferRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to take over an item")
        verbose_name_plural = _("requests to take over items")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ref"], condition=models.Q(state="open"), name="one_open_transfer_request_an_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ref}: {self.owner} → {self.to}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided about it; it may be void all the same."""
        return self.state == self.State.OPEN

    def why_void(self, owner: int | None) -> str:
        """Why nobody can accept it any more, of an item that has this owner; "" when it can be accepted."""
        if owner != self.owner_id:
            return str(_("The item has another owner meanwhile."))
        asleep = next((chapter for chapter in (self.to, self.owner) if not chapter.is_active), None)
        return str(_("%(chapter)s is not at work at present.") % {"chapter": asleep}) if asleep else ""
