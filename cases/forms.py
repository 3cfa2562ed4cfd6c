"""The form in which cases and statements are edited."""

from typing import Any

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


def kinds_for(item: Any) -> Any:
    """Kinds that an item may be of: those of its type, and the one it has (imported rows may be of any kind)."""
    fitting = Kind.objects.filter(types__icontains=f'"{item.register_type}"')
    return fitting | Kind.objects.filter(pk=item.kind_id)
