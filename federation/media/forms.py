"""Upload forms that clean what is uploaded, and say in the form why something is refused."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .cleaning import clean_document, clean_image
from .handlers import mark_clean


class CleaningImageForm(BaseImageForm):
    """Wagtail's picture form (WAGTAILIMAGES_IMAGE_FORM_BASE) with a clean file."""

    def clean_file(self) -> Any:
        """The cleaned picture; a sentence beside the field otherwise."""
        return _cleaned(self, clean_image)


class CleaningDocumentForm(BaseDocumentForm):
    """Wagtail's document form (WAGTAILDOCS_DOCUMENT_FORM_BASE) with a clean file."""

    def clean_file(self) -> Any:
        """The cleaned document; a sentence beside the field otherwise."""
        return _cleaned(self, clean_document)


def _cleaned(form: Any, clean: Any) -> ContentFile | Any:
    file = form.cleaned_data["file"]
    return mark_clean(clean(file)) if file and "file" in form.changed_data else file
