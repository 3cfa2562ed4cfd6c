"""Panels of our own in the forms of cases and statements."""

from typing import Any

from wagtail.admin.panels import InlinePanel


class FactsPanel(InlinePanel):
    """Child rows that are facts: shown on originals only, like fields that the form leaves out.

    An InlinePanel insists on its formset (Wagtail 8.0.1), while a FieldPanel without its field just hides.
    """

    class BoundPanel(InlinePanel.BoundPanel):
        """The panel of one form."""

        def __init__(self, *, form: Any, **kwargs: Any) -> None:
            """Without the formset, as a panel without a form, which shows nothing."""
            relation = kwargs["panel"].relation_name
            self.has_rows = form is None or relation in form.formsets
            super().__init__(form=form if self.has_rows else None, **kwargs)

        def is_shown(self) -> bool:
            """Not where the form has no such rows."""
            return self.has_rows and bool(super().is_shown())
