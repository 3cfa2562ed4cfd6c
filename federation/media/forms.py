"""Upload forms that clean what is uploaded, and say beside the field why something is refused."""

from collections.abc import Callable
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from federation.options import option

from .cleaning import clean_document, clean_image
from .titles import plain_title, repeats_file_name


class ChosenTitle:
    """Part of an upload form: a title that only repeats the file's name is replaced."""

    def clean(self) -> Any:
        """See titles.py. Whoever typed the title otherwise keeps it."""
        values = super().clean() or self.cleaned_data  # type: ignore[misc, attr-defined]
        file = self.files.get(self.add_prefix("file"))  # type: ignore[attr-defined]
        if file is not None and repeats_file_name(values.get("title") or "", file.name or ""):
            values["title"] = plain_title(self._meta.model)  # type: ignore[attr-defined]
        return values


class CleaningImageForm(ChosenTitle, BaseImageForm):
    """Wagtail's picture form (WAGTAILIMAGES_IMAGE_FORM_BASE) with a clean file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Clean first: Wagtail 8.0.1 decodes before it asks, and a renamed program is a 500 there."""
        super().__init__(*args, **kwargs)
        clean_first(self.fields.get("file"), clean_image)


class CleaningDocumentForm(ChosenTitle, BaseDocumentForm):
    """Wagtail's document form (WAGTAILDOCS_DOCUMENT_FORM_BASE) with a clean file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Clean before anything else looks at it."""
        super().__init__(*args, **kwargs)
        clean_first(self.fields.get("file"), clean_document)


def clean_first(field: Any, clean: Callable[[IO[bytes]], ContentFile]) -> None:
    """Let a file field of one form clean what it is given before it validates it, and name our limit, not Wagtail's."""
    if field is None:
        return
    _say_limit(field)
    validate = field.to_python

    def to_python(data: Any) -> Any:
        if data in field.empty_values:
            return validate(data)
        cleaned = clean(data)
        file = SimpleUploadedFile(cleaned.name or "", cleaned.read(), getattr(data, "content_type", None) or "")
        file.is_clean = True  # type: ignore[attr-defined]
        return validate(file)

    field.to_python = to_python


def _say_limit(field: Any) -> None:
    limit = option("MAX_UPLOAD_BYTES")
    field.max_upload_size, field.max_upload_size_text = limit, filesizeformat(limit)
    field.help_text = _(
        "At most %(size)s. Hidden data (place, author, comments) is removed. A title that only repeats the file's name "
        "is replaced: such names say more than one thinks."
    ) % {"size": field.max_upload_size_text}
    field.error_messages["file_too_large_unknown_size"] = _(
        "This file is too large: at most %(size)s. Make it smaller and upload it again."
    ) % {"size": field.max_upload_size_text}
