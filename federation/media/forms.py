"""Upload forms that clean what is uploaded, and say beside the field why something is refused."""

from collections.abc import Callable
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .cleaning import clean_document, clean_image


class CleaningImageForm(BaseImageForm):
    """Wagtail's picture form (WAGTAILIMAGES_IMAGE_FORM_BASE) with a clean file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Clean first: Wagtail 8.0.1 decodes before it asks, and a renamed program is a 500 there."""
        super().__init__(*args, **kwargs)
        clean_first(self.fields.get("file"), clean_image)


class CleaningDocumentForm(BaseDocumentForm):
    """Wagtail's document form (WAGTAILDOCS_DOCUMENT_FORM_BASE) with a clean file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Clean before anything else looks at it."""
        super().__init__(*args, **kwargs)
        clean_first(self.fields.get("file"), clean_document)


def clean_first(field: Any, clean: Callable[[IO[bytes]], ContentFile]) -> None:
    """Let a file field of one form clean what it is given before it validates it."""
    if field is None:
        return
    validate = field.to_python

    def to_python(data: Any) -> Any:
        if data in field.empty_values:
            return validate(data)
        cleaned = clean(data)
        file = SimpleUploadedFile(cleaned.name or "", cleaned.read(), getattr(data, "content_type", None) or "")
        file.is_clean = True  # type: ignore[attr-defined]
        return validate(file)

    field.to_python = to_python
