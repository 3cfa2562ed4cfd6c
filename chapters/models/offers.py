"""What other chapters may translate, and which of them has translated it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .chapter import Chapter


class OfferedForTranslation(models.Model):
    """Mixin of items whose owner may let other chapters translate them.

    The translation belongs to the item: its owner is the item's. Neither column is in a form or comes from a revision;
    each language's row has a copy of `offered`, and its own `translated_by`.
    """

    # What holds while nobody has decided.
    offered_by_default = False

    offered = models.BooleanField(null=True, blank=True, editable=False)
    translated_by = models.ForeignKey(
        Chapter,
        verbose_name=_("translated by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def is_offered(self) -> bool:
        """Whether other chapters may translate it, as soon as it is public."""
        return self.offered_by_default if self.offered is None else self.offered

    @property
    def is_from_another_chapter(self) -> bool:
        """Whether another chapter than its owner has written this language."""
        return self.translated_by_id is not None and self.translated_by_id != self.owner_id  # type: ignore[attr-defined]

    @classmethod
    def offers(cls) -> models.Q:
        """Rows of what is offered."""
        undecided = models.Q(offered=None) if cls.offered_by_default else models.Q(pk__in=())
        return models.Q(offered=True) | undecided
