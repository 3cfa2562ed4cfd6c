"""What people say of a draft that they may read and not change."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Remark(models.Model):
    """Something said about an item among those who may read its draft. Readers never see it."""

    ref = models.CharField(max_length=32, db_index=True)
    text = models.TextField(_("remark"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at"]

    def __str__(self) -> str:
        return self.text[:80]
