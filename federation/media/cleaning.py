"""Uploads without their metadata: recognised by content, cleaned before storage, refused where that cannot be done.

A photograph tells where and with what it was taken, a PDF who wrote it. Wagtail's image pipeline keeps GPS data in
renditions, so the original itself must be clean (safety rule 8).
"""

import secrets
from collections.abc import Callable
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from federation.options import option

from . import offices, pdfs, pictures
from .kinds import kind_of


def random_name(extension: str) -> str:
    """A file name that says nothing but what sort of file it is."""
    return f"{secrets.token_hex(12)}.{extension}"


def clean_image(file: IO[bytes]) -> ContentFile:
    """The picture without metadata, turned upright, under a random name. ValidationError with a sentence otherwise."""
    content = _read(file)
    kind = kind_of(content)
    if kind not in pictures.FORMATS:
        raise ValidationError(
            _("This is not a picture that we take. Save it as JPEG, PNG, WebP or GIF and upload it again."),
            code="format",
        )
    return ContentFile(pictures.cleaned(content, kind), name=random_name(pictures.FORMATS[kind].extension))


def clean_document(file: IO[bytes]) -> ContentFile:
    """The document without metadata under a random name. ValidationError with a sentence otherwise."""
    content = _read(file)
    kind = kind_of(content)
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
    return BytesIO(content).read()


_DOCUMENTS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": pdfs.cleaned,
    "txt": _clean_text,
    "csv": _clean_text,
    **dict.fromkeys(offices.KINDS, offices.cleaned),
}
