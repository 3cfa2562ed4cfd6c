"""What a file is, by its content; its name and the browser's word for it prove nothing."""

import re
import zipfile
from io import BytesIO

_MAGIC = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"%PDF-": "pdf",
    # Office files before 2007, and newer ones under a password: nothing we can look into.
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
# Control characters that no text has; a file with one is a program or a picture.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(content: bytes) -> str:
    """The usual extension of what the content is ("ole": an old or locked Office file); "" for what we do not know."""
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    return "txt" if _is_plain_text(content) else ""


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return _OPEN_DOCUMENT.get(archive.read("mimetype").strip(), "")
            return next((kind for name, kind in _OFFICE.items() if name in names), "")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError):
        return ""


def _is_plain_text(content: bytes) -> bool:
    """UTF-8 without control characters, and not the start of something that a browser or shell would run."""
    if content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{") or content.startswith(b"#!"):
        return False
    try:
        return _NO_TEXT.search(content.decode("utf-8")) is None
    except UnicodeDecodeError:
        return False
