"""Forms of the screens: their fields stand under headings."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class InSections:
    """Mixin of forms whose fields stand in sections: a heading, then names of fields. What is not there is left out."""

    sections: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def in_sections(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """Headings with the fields of this form; no heading without a field."""
        for heading, names in self.sections:
            fields = [self[name] for name in names if name in self.fields]  # type: ignore[attr-defined, index]
            if fields:
                yield heading, fields

    def show(self, error: ValidationError, *, at: dict[str, str] | None = None) -> None:
        """Say what is wrong beside its field, where the form has it.

        Args:
            at: name in the error -> name of the field beside which it is shown.
        """
        form: Any = self
        if not hasattr(error, "error_dict"):
            form.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            field = (at or {}).get(name, name)
            form.add_error(field if field in form.fields else None, errors)
