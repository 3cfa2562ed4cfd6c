"""Word, Excel, PowerPoint and OpenDocument files: the zip written anew without properties, people and macros."""

import re
import zipfile
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import pictures
from .kinds import kind_of

KINDS = ("docx", "xlsx", "pptx", "odt", "ods", "odp")

# A small zip can unpack to a mountain: no more than so many bytes are unpacked.
MAX_UNPACKED = 200 * 1024 * 1024

_DROPPED = re.compile(
    r"^(docProps/(?!app\.xml|core\.xml)|customXml/|.*vbaProject|.*/comments|.*/threadedComments|.*persons?/|.*people\.xml"
    r"|.*/embeddings/|.*/activeX|.*/printerSettings|Thumbnails/|Configurations2/|Basic/|META-INF/documentsignatures"
    r"|.*thumbnail\.|.*/revisions/|.*/commentAuthors|.*/users/)",
    re.IGNORECASE,
)
_EMPTY_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_EMPTY_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_EMPTY_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>'
)
_REPLACED = {"docProps/core.xml": _EMPTY_CORE, "docProps/app.xml": _EMPTY_APP, "meta.xml": _EMPTY_META}
# Who wrote a tracked change or a note, and when; wherever these attributes and elements stand.
_PEOPLE = re.compile(
    rb'\s(?:w|w15|r|p|x|a):(?:author|date|initials|userId|providerId|lastEditedBy)="[^"]*"'
    rb"|<(dc:creator|dc:date|meta:creator-initials|loext:sender-initials)>[^<]*</\1>",
)
_MACROS = re.compile(r"vbaProject|^Basic/|\.bin$", re.IGNORECASE)


def cleaned(content: bytes) -> bytes:
    """The file without author, dates, properties, comments, macros and attachments; pictures in it are cleaned too."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as source:
            _refuse_too_large(source)
            return _written_anew(source)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise ValidationError(
            _("This file is damaged or protected. Open it, save it again and upload the new file."), code="damaged"
        ) from error


def _refuse_too_large(source: zipfile.ZipFile) -> None:
    unpacked = sum(member.file_size for member in source.infolist())
    if unpacked > MAX_UNPACKED or len(source.infolist()) > 5000:
        raise ValidationError(_("This file unpacks to far more than it should, so we do not take it."), code="bomb")


def _written_anew(source: zipfile.ZipFile) -> bytes:
    kept = [member for member in source.infolist() if not _DROPPED.match(member.filename) and not member.is_dir()]
    dropped = {member.filename for member in source.infolist()} - {member.filename for member in kept}
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in kept:
            plain = zipfile.ZipInfo(member.filename)  # no time, no comment, no extra fields
            plain.compress_type = zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(plain, _part(member.filename, source.read(member), dropped))
    return target.getvalue()


def _part(name: str, content: bytes, dropped: set[str]) -> bytes:
    if name in _REPLACED:
        return _REPLACED[name]
    kind = kind_of(content)
    if kind in pictures.FORMATS:
        return pictures.cleaned(content, kind)
    if name.endswith((".xml", ".rels")):
        return _without_references(_PEOPLE.sub(b"", content), dropped)
    return content


def _without_references(xml: bytes, dropped: set[str]) -> bytes:
    """Without the entries of manifests and relations that point at what was left out."""
    for name in dropped:
        tail = re.escape(name.rsplit("/", 1)[-1].encode())
        if tail:
            xml = re.sub(rb"<(?:\w+:)?(?:Relationship|Override|file-entry)\b[^>]*" + tail + rb'"[^>]*/>', b"", xml)
    return xml
