"""The form in which cases and statements are edited."""

from typing import Any

from wagtail.admin.forms.models import WagtailAdminModelForm


class ItemForm(WagtailAdminModelForm):
    """Owner can be chosen only while an item is new; a translation shows words, its facts are the original's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out what this row has no say in."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("owner", None)
        elif "owner" in self.fields:
            self.fields["owner"].required = True
        if self.instance.source_id:
            for name in self.instance.facts:
                self.fields.pop(name, None)
