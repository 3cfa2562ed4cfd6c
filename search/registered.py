"""The mixin of everything that can be public: saving it keeps the register true."""

from typing import Any

from django.db import models, transaction

from . import changes, register
from .models import Entry
from .publication import basis_of
from .refs import ref_of_key
from .stops import refuse_stopped


class Registered(models.Model):
    """First base of every page and snippet that can be public.

    `save()` compares the row's live revision with what the register was written from, and in the same transaction
    puts or withdraws. If that fails, saving fails, and with it publishing. `post_save` would be too early: child rows,
    tags and parental relations of a page are saved after it (Wagtail 8.0.1).
    """

    # Name of the declared type (search.types).
    register_type: str

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, then make the register agree: all of it, or nothing. Stopped when live though it was withdrawn."""
        with transaction.atomic():
            if self.live:  # type: ignore[attr-defined]
                refuse_stopped(self.get_ref())
            if self._may_concern_register():
                changes.take_turn()
            result = super().save(*args, **kwargs)
            if self._concerns_register():
                register.refresh(self.register_type, [self.get_ref()])
        return result

    def get_ref(self) -> str:
        """Its ref, the same in every language. Pages have none of their own: it is made from the translation key."""
        return ref_of_key(self.translation_key)  # type: ignore[attr-defined]

    def _may_concern_register(self) -> bool:
        return bool(self.live) or self._state.adding  # type: ignore[attr-defined]

    def _concerns_register(self) -> bool:
        """Whether its public state may differ from what the register has: an ordinary draft save does not."""
        locale = self.locale.language_code  # type: ignore[attr-defined]
        stored = Entry.objects.filter(ref=self.get_ref(), locale=locale).values_list("basis", "path").first()
        if not self.live:  # type: ignore[attr-defined]
            return stored is not None or self._is_scheduled()
        return stored is None or stored[0] != basis_of(self) or self._has_moved(stored[1])

    def _is_scheduled(self) -> bool:
        return self.scheduled_revision is not None  # type: ignore[attr-defined]

    def _has_moved(self, path: str) -> bool:
        """Whether the row's own address is another than the register's; snippets have none."""
        url_path: str = getattr(self, "url_path", "")
        return bool(url_path) and not path.endswith("/" + url_path.split("/", 2)[2])
