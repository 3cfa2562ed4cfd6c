"""The form of every page: the admin, the previews and the API build it."""

from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import Page, get_page_models

from .forms import RefersToOwn


class ChapterPageForm(RefersToOwn, WagtailAdminPageForm):
    """Names nothing that is not its writer's to choose."""


def put_pages_behind_the_fence() -> None:
    """Every page model without a form of its own gets this one. Page itself gets Wagtail's, later (8.0.1)."""
    for model in get_page_models():
        inherited = getattr(model, "base_form_class", WagtailAdminPageForm)
        if model is not Page and inherited is WagtailAdminPageForm:
            model.base_form_class = ChapterPageForm  # type: ignore[attr-defined]
