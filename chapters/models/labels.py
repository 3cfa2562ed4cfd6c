"""What federation staff say of an item without editing it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Label(models.Model):
    """A remark of staff on an item, seen by its people and in lists of the admin. Readers never see it."""

    ref = models.CharField(max_length=32, db_index=True)
    text = models.CharField(_("label"), max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["at"]

    def __str__(self) -> str:
        return self.text
