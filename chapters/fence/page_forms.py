"""The form of every page: the admin, the previews and the API build it."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.models import Page, get_page_models

from .forms import RefersToOwn


class ChapterPageForm(RefersToOwn, WagtailAdminPageForm):
    """Names nothing that is not its writer's to choose."""


class DraftCopyForm(CopyForm):
    """A copy is a draft: see `chapters.moderation.publishing`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to tick that would not be done."""
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)


def put_pages_behind_the_fence() -> None:
    """Every page model without forms of its own gets these. Page itself gets Wagtail's, later (8.0.1)."""
    for model in get_page_models():
        inherited = getattr(model, "base_form_class", WagtailAdminPageForm)
        if model is not Page and inherited is WagtailAdminPageForm:
            model.base_form_class = ChapterPageForm  # type: ignore[attr-defined]
        if model is not Page and not hasattr(model, "copy_form_class"):
            model.copy_form_class = DraftCopyForm  # type: ignore[attr-defined]
