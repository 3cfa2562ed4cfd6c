"""What may stay of an OpenDocument text, spreadsheet or presentation."""

import posixpath
import re
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import markup
from .markup import Element, attribute_name, name_of
from .ooxml import tracked_changes

# Left out: settings (printers, data sources), macros, thumbnails, signatures, older versions, previews of charts.
_KEPT = re.compile(
    r"mimetype|META-INF/manifest\.xml|([^/]+/)?(content|styles|meta)\.xml|Pictures/[^/]+(?<!\.svg)", re.DOTALL
)
_EMPTY_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>'
)
# Comments, who wrote them and when; scripts; what tracked changes leave behind when there are none.
_TAKEN_OUT = {
    *("annotation", "annotation-end", "scripts", "event-listeners", "tracked-changes", "dde-source"),
    *("change", "change-start", "change-end", "creator", "creator-initials", "sender-initials"),
}
# Elements of these names that readers see: a field in the text that shows its author.
_SEEN = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_MANIFEST_ROOT = "/"
_ADDRESS = re.compile(r"(https?|mailto|tel):|#|Pictures/|(\./)?Object \d+$", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\\/]|\.(jpe?g|png|gif|webp|tiff?|bmp|heic|svg|emf|wmf)\s*$", re.IGNORECASE)


def cleaned(kind: str, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts that stay, cleaned. ValidationError for tracked changes and protected files, DangerousMarkup."""
    kept = {name for name in parts if _KEPT.fullmatch(name)}
    return {name: _part(name, parts[name], kept) for name in parts if name in kept}


def _part(name: str, content: bytes, kept: Collection[str]) -> bytes:
    if name == "mimetype":
        return content.strip()
    if posixpath.basename(name) == "meta.xml":
        return _EMPTY_META
    if not name.endswith(".xml"):
        return content
    root = markup.parsed(content)
    if name == "META-INF/manifest.xml":
        _clean_manifest(root, kept)
    else:
        _clean_words(root)
    return markup.written(root)


def _clean_manifest(root: Element, kept: Collection[str]) -> None:
    for entry in markup.elements(root):
        if name_of(entry) == "encryption-data":
            raise ValidationError(
                _("This file is protected by a password. Save it without one and upload it again."), code="encrypted"
            )
        path = next(
            (value for key, value in entry.attrib.items() if attribute_name(key) == "full-path"), _MANIFEST_ROOT
        )
        is_folder = path.endswith("/") and any(name.startswith(path) for name in kept)
        if path != _MANIFEST_ROOT and path not in kept and not is_folder:
            markup.take_out(entry)


def _clean_words(root: Element) -> None:
    if any(name_of(element) == "tracked-changes" and len(element) for element in markup.elements(root)):
        raise tracked_changes()
    for element in markup.elements(root):
        if element.getparent() is None and element is not root:
            continue
        if name_of(element) in _TAKEN_OUT and not (name_of(element) == "creator" and markup.space_of(element) == _SEEN):
            markup.take_out(element)
            continue
        _clean_attributes(element)
        if name_of(element) in {"title", "desc"} and _FILE_NAME.search(element.text or ""):
            element.text = ""


def _clean_attributes(element: Element) -> None:
    """Without marks of editing sessions, paths on somebody's computer, and names that pictures had as files."""
    for key, value in list(element.attrib.items()):
        name = attribute_name(key)
        is_path = name == "href" and not _ADDRESS.match(value)
        if "rsid" in name or is_path or (name == "name" and name_of(element) == "frame" and _FILE_NAME.search(value)):
            del element.attrib[key]
        if is_path:
            _take_out_empty_link(element)


def _take_out_empty_link(element: Element) -> None:
    """A link to a place on somebody's computer leaves its words, a picture from there nothing."""
    if name_of(element) == "a":
        markup.unwrap(element)
    elif name_of(element) == "image":
        markup.take_out(element)
