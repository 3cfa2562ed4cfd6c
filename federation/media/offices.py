"""Word, Excel, PowerPoint and OpenDocument files: the zip written anew with what we know, and nothing else.

The parts of a file are an allow-list (ooxml.py, odf.py): a part that nobody has looked at is left out, with what points
at it. What readers see stays; what could be seen by those who look for it goes, or the file is refused.
"""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import odf, ooxml, pictures
from .kinds import kind_of
from .markup import DangerousMarkup

# How each sort of file is cleaned: from parts by name to parts by name.
_CLEAN: dict[str, Callable[[str, Mapping[str, bytes]], dict[str, bytes]]] = {
    **dict.fromkeys(("docx", "xlsx", "pptx"), ooxml.cleaned),
    **dict.fromkeys(("odt", "ods", "odp"), odf.cleaned),
}
KINDS = tuple(_CLEAN)

# A small zip can unpack to a mountain. Reading a part as XML takes about ten times its size in memory.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MARKUP = 30 * 1024 * 1024
MAX_PARTS = 5000


def cleaned(content: bytes) -> bytes:
    """The file without author, dates, properties, comments, macros and attachments; pictures in it are cleaned too.

    ValidationError with a sentence for a file that is damaged, protected or too large, and for one that holds what only
    its author can take out (tracked changes, hidden sheets, pictures of a kind that we cannot clean).
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as source:
            _refuse_too_large(source)
            kind = kind_of(content)
            return _zipped(_with_clean_pictures(_CLEAN[kind](kind, _parts(source))))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, DangerousMarkup) as error:
        raise ValidationError(
            _("This file is damaged or protected. Open it, save it again and upload the new file."), code="damaged"
        ) from error


def _refuse_too_large(source: zipfile.ZipFile) -> None:
    """By the sizes that the zip declares; no part is unpacked beyond what it declared."""
    members = source.infolist()
    unpacked = sum(member.file_size for member in members)
    markup = max((m.file_size for m in members if m.filename.endswith((".xml", ".rels"))), default=0)
    if unpacked > MAX_UNPACKED or markup > MAX_MARKUP or len(members) > MAX_PARTS:
        raise ValidationError(_("This file unpacks to far more than it should, so we do not take it."), code="bomb")


def _parts(source: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in source.infolist() if not member.is_dir()]
    names = {member.filename.lower() for member in members}
    if len(names) != len(members):  # two readers would see two different files
        raise zipfile.BadZipFile
    return {member.filename: source.read(member) for member in members}


def _with_clean_pictures(parts: dict[str, bytes]) -> dict[str, bytes]:
    """What is neither markup nor the word for what the file is, is a picture."""
    return {
        name: part if name.endswith(ooxml.MARKUP) or name == "mimetype" else _picture(part)
        for name, part in parts.items()
    }


def _picture(content: bytes) -> bytes:
    kind = kind_of(content)
    if kind not in pictures.FORMATS:
        raise ValidationError(
            _(
                "A picture in this file is of a kind that we cannot clean. Put it in as JPEG or PNG, "
                "or save the whole file as PDF, and upload it again."
            ),
            code="picture",
        )
    return pictures.cleaned(content, kind, upright=False)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip without times, comments and extra fields. An OpenDocument's first part says what it is, unpacked."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: name != "mimetype"):
            plain = zipfile.ZipInfo(name)
            plain.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(plain, parts[name])
    return target.getvalue()
