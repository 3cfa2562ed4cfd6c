"""Uploads without their metadata: recognised by content, cleaned before storage, refused where that cannot be done.

A photograph tells where and with what it was taken, a PDF who wrote it. Wagtail's image pipeline keeps GPS data in
renditions, so the original itself must be clean (safety rule 8).
"""

import secrets
from collections.abc import Callable
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from federation.options import option

from . import offices, pdfs, pictures
from .headers import size_of
from .kinds import kind_of


def random_name(extension: str) -> str:
    """A file name that says nothing but what sort of file it is."""
    return f"{secrets.token_hex(12)}.{extension}"


def clean_image(file: IO[bytes]) -> ContentFile:
    """The picture without metadata, turned upright, under a random name. ValidationError with a sentence otherwise."""
    content, kind = _picture(file)
    return ContentFile(pictures.cleaned(content, kind), name=random_name(pictures.FORMATS[kind].extension))


def look_at_image(file: IO[bytes]) -> None:
    """ValidationError for what is no picture or too large by its header; nothing is decoded or changed."""
    content, kind = _picture(file)
    pictures.refuse_too_many_pixels(*size_of(content, kind))
    file.seek(0)


def clean_document(file: IO[bytes]) -> ContentFile:
    """The document without metadata under a random name. ValidationError with a sentence otherwise."""
    content = _read(file)
    kind = kind_of(content)
    if kind == "ole":
        raise ValidationError(
            _(
                "This Office file is protected by a password, or older than 2007. "
                "Save it without password as .docx, .xlsx or .pptx and upload it again."
            ),
            code="encrypted",
        )
    if kind == "txt" and (file.name or "").lower().endswith(".csv"):
        kind = "csv"  # no content tells a table from a text
    clean = _DOCUMENTS.get(kind)
    if clean is None:
        raise ValidationError(
            _(
                "We cannot remove the hidden data from this sort of file, so we do not take it. "
                "Save it as PDF, Word, Excel, PowerPoint, OpenDocument or plain text and upload it again."
            ),
            code="format",
        )
    return ContentFile(clean(content), name=random_name(kind))


def _picture(file: IO[bytes]) -> tuple[bytes, str]:
    content = _read(file)
    kind = kind_of(content)
    if kind not in pictures.FORMATS:
        raise ValidationError(
            _("This is not a picture that we take. Save it as JPEG, PNG, WebP or GIF and upload it again."),
            code="format",
        )
    return content, kind


def _read(file: IO[bytes]) -> bytes:
    """The whole content, if it is not too large; nothing is decoded before."""
    limit = option("MAX_UPLOAD_BYTES")
    file.seek(0)
    content = file.read(limit + 1)
    if len(content) > limit:
        raise ValidationError(
            _("This file is larger than %(limit)d MB. Make it smaller and upload it again."),
            params={"limit": limit // 1024 // 1024},
            code="size",
        )
    if not content:
        raise ValidationError(_("This file is empty."), code="empty")
    return content


def _clean_text(content: bytes) -> bytes:
    """Plain text has nowhere to hide anything."""
    return content


_DOCUMENTS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": pdfs.cleaned,
    "txt": _clean_text,
    "csv": _clean_text,
    **dict.fromkeys(offices.KINDS, offices.cleaned),
}
