"""The form in which cases and statements are edited."""

from typing import Any

from django.utils import timezone

from chapters.fence.forms import ChapterOwnedForm
from federation.vocabulary.models import Kind


class ItemForm(ChapterOwnedForm):
    """A translation shows words, its facts are the original's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out what this row has no say in."""
        super().__init__(*args, **kwargs)
        if self.instance.source_id:
            for name in self.instance.facts:
                self.fields.pop(name, None)
                self.formsets.pop(name, None)
        if "kind" in self.fields:
            self.fields["kind"].required = True
            self.fields["kind"].queryset = kinds_for(self.instance)
        if self.instance.pk is None and not self.instance.source_id:
            self._fill_in()

    def _fill_in(self) -> None:
        """Kind and date of something new, where its author has not said otherwise."""
        for name, value in (("kind", self.instance.register_type), ("dated", timezone.localdate().isoformat())):
            if name in self.fields and not self.initial.get(name):
                self.initial[name] = value


def kinds_for(item: Any) -> Any:
    """Kinds that an item may be of: those of its type, and the one it has (imported rows may be of any kind)."""
    fitting = Kind.objects.filter(types__icontains=f'"{item.register_type}"')
    return fitting | Kind.objects.filter(pk=item.kind_id)
