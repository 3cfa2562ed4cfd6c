"""PDF files: written anew without author, history, attachments and scripts."""

from io import BytesIO
from typing import Any

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Keys that carry hidden data or behaviour, wherever they stand.
_EVERYWHERE = {"/Metadata", "/PieceInfo", "/LastModified", "/AA", "/Thumb", "/OpenAction"}
_IN_ROOT = {"/Names", "/AF", "/Collection", "/Perms", "/Legal", "/SpiderInfo", "/OpenAction", "/AcroForm", "/URI"}
# Annotations that hold a file, a person's note or a script; links stay.
_KEPT_ANNOTATIONS = {"/Link"}


def cleaned(content: bytes) -> bytes:
    """The pages of a PDF and their links, and nothing else. ValidationError for encrypted and damaged files."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise ValidationError(
                    _("This PDF is protected. Save it without protection and upload it again."),
                    code="encrypted",
                )
            return _written_anew(pdf)
    except pikepdf.PasswordError as error:
        raise ValidationError(
            _("This PDF is protected by a password. Save it without one and upload it again."), code="encrypted"
        ) from error
    except pikepdf.PdfError as error:
        raise ValidationError(
            _("This PDF is damaged. Open it, save it again and upload the new file."), code="damaged"
        ) from error


def _written_anew(pdf: pikepdf.Pdf) -> bytes:
    for page in pdf.pages:
        _strip_annotations(page.obj)
    for held in pdf.objects:
        if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
            for key in _EVERYWHERE & set(held.keys()):
                del held[key]
    for key in _IN_ROOT & set(pdf.Root.keys()):
        del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.remove_unreferenced_resources()
    target = BytesIO()
    pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _strip_annotations(page: pikepdf.Dictionary) -> None:
    if "/Annots" not in page:
        return
    kept = [note for note in page.Annots if note.get("/Subtype") in _KEPT_ANNOTATIONS and _is_harmless(note)]
    for note in kept:
        for key in ("/Contents", "/T", "/M", "/NM", "/CreationDate"):
            if key in note:
                del note[key]
    page.Annots = pikepdf.Array(kept)


def _is_harmless(link: Any) -> bool:
    """A link to a page or to an address of the web."""
    action = link.get("/A")
    return action is None or action.get("/S") in {"/GoTo", "/URI"}
