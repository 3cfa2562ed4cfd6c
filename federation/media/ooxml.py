"""What may stay of a Word, Excel or PowerPoint file."""

import posixpath
import re
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import markup
from .markup import Element, attribute_name, name_of

MARKUP = (".xml", ".rels")

# Parts that make what a reader sees. Left out: notes of speakers, embedded files and fonts, macros, printers, custom
# data, the sources of charts and pivot tables, other workbooks, comments and the people who wrote them; and what Office
# keeps beside a PNG that everybody else reads: a drawing's SVG, a photograph (wdp) as it was before it was cut.
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml"
    r"|word/(_rels/)?(document|styles|settings|webSettings|fontTable|numbering|footnotes|endnotes|(header|footer)\d*)\.xml(\.rels)?"
    r"|xl/(_rels/)?(workbook|styles|sharedStrings|metadata)\.xml(\.rels)?"
    r"|ppt/(_rels/)?(presentation|presProps|tableStyles)\.xml(\.rels)?"
    r"|xl/(worksheets|chartsheets|tables)/(_rels/)?[^/]+\.xml(\.rels)?"
    r"|ppt/(slides|slideLayouts|slideMasters)/(_rels/)?[^/]+\.xml(\.rels)?"
    r"|(word|xl|ppt)/(theme|charts|diagrams|drawings)/(_rels/)?[^/]+\.xml(\.rels)?"
    r"|(word|xl|ppt)/media/[^/]+(?<!\.svg)(?<!\.wdp)"
)
_EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
}
_OPENXML = "application/vnd.openxmlformats-officedocument."
_MAIN_PARTS = {
    "docx": ("/word/document.xml", f"{_OPENXML}wordprocessingml.document.main+xml"),
    "xlsx": ("/xl/workbook.xml", f"{_OPENXML}spreadsheetml.sheet.main+xml"),
    "pptx": ("/ppt/presentation.xml", f"{_OPENXML}presentationml.presentation.main+xml"),
}
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
# What was deleted is still in the file.
_TRACKED = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "delText"}
_HIDDEN = {"hidden", "veryHidden"}
# Who changed a format and when; where the file lay; who shared it; what is bound to parts that go.
_TAKEN_OUT = {
    *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange", "trPrChange"),
    *("tblGridChange", "numberingChange", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
    *("rsids", "docVars", "mailMerge", "docId", "dataBinding", "saveThroughXslt", "attachedTemplate"),
    *("embedRegular", "embedBold", "embedItalic", "embedBoldItalic", "embeddedFontLst"),
    *("absPath", "fileSharing", "customWorkbookViews", "customSheetViews", "externalReferences", "pivotCaches"),
    *("legacyDrawing", "legacyDrawingHF", "oleObjects", "controls", "externalData", "userShapes"),
    *("custDataLst", "notesMasterIdLst", "handoutMasterIdLst", "modifyVerifier"),
}
_PEOPLE = {"author", "initials", "userId", "providerId", "lastEditedBy", "refreshedBy", "lastSavedBy"}
# Of a picture: its name is that of the file that it came from.
_NAMED = {"cNvPr", "docPr"}
_NEVER_EMPTY = {"hyperlinks", "definedNames", "tableParts"}
_FILE_NAME = re.compile(r"[\\/]|\.(jpe?g|png|gif|webp|tiff?|bmp|heic|svg|emf|wmf|pdf)\s*$", re.IGNORECASE)
_PATH = re.compile(r"file:|\b[a-z]:\\|\\\\", re.IGNORECASE)
_PUBLIC_ADDRESS = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_OTHER_WORKBOOK = re.compile(r"\[\d+\]")


def cleaned(kind: str, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts that stay, cleaned. ValidationError for tracked changes and hidden sheets, DangerousMarkup."""
    kept = {name for name in parts if _KEPT.fullmatch(name)}
    kept = {name for name in kept if not name.endswith(".rels") or _source_of(name) in kept | {""}}
    gone = {name: _gone_relations(name, parts[name], kept) for name in kept if name.endswith(".rels")}
    return {name: _part(kind, name, parts[name], kept, gone) for name in parts if name in kept}


def _part(kind: str, name: str, content: bytes, kept: Collection[str], gone: Mapping[str, set[str]]) -> bytes:
    if name in _EMPTY:
        return _EMPTY[name]
    if not name.endswith(MARKUP):
        return content
    root = markup.parsed(content)
    if name == "[Content_Types].xml":
        _clean_types(root, kind, kept)
    elif name.endswith(".rels"):
        _clean_relations(root, gone[name])
    else:
        _clean_words(root, gone.get(_relations_of(name), set()))
    return markup.written(root)


def _source_of(relations: str) -> str:
    """The part that a file of relations speaks for: "" for the whole file."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _gone_relations(name: str, content: bytes, kept: Collection[str]) -> set[str]:
    """Ids of the relations that lead to a part that is left out, or to somewhere that is no public address."""
    folder = posixpath.dirname(_source_of(name))
    return {
        relation.get("Id", "")
        for relation in markup.elements(markup.parsed(content))
        if name_of(relation) == "Relationship" and not _leads_to_what_stays(relation, folder, kept)
    }


def _leads_to_what_stays(relation: Element, folder: str, kept: Collection[str]) -> bool:
    target = relation.get("Target", "")
    if relation.get("TargetMode") == "External":
        is_link = relation.get("Type", "").endswith("/hyperlink")
        return bool(is_link and _PUBLIC_ADDRESS.match(target))
    if target.startswith("#"):
        return True
    path = target.split("#")[0]
    return (path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))) in kept


def _clean_relations(root: Element, gone: set[str]) -> None:
    for relation in list(root):
        if relation.get("Id", "") in gone:
            markup.take_out(relation)


def _clean_types(root: Element, kind: str, kept: Collection[str]) -> None:
    """Types of what stays; the main part is a plain document, whatever it was (template, with macros)."""
    main, plain = _MAIN_PARTS[kind]
    for entry in list(root):
        name = entry.get("PartName", "")
        if name and name.lstrip("/") not in kept:
            markup.take_out(entry)
        elif name == main:
            entry.set("ContentType", plain)


def _clean_words(root: Element, gone: set[str]) -> None:
    markup.take_out_all(root, _TAKEN_OUT)
    for element in markup.elements(root):
        _refuse_what_only_the_author_can_take_out(element)
        _clean_attributes(element)
        _clean_fields(element)
        if gone and _points_at(element, gone):
            markup.unwrap(element) if name_of(element) == "hyperlink" and len(element) else markup.take_out(element)
    for element in markup.elements(root):
        if name_of(element) in _NEVER_EMPTY and not len(element):
            markup.take_out(element)


def _refuse_what_only_the_author_can_take_out(element: Element) -> None:
    name = name_of(element)
    if name in _TRACKED and markup.space_of(element) in _WORD:
        raise tracked_changes()
    if (name == "sheet" and element.get("state") in _HIDDEN) or (
        name == "sld" and element.get("show") in {"0", "false"}
    ):
        raise ValidationError(
            _("This file has hidden sheets or slides. Show or delete them, save the file and upload it again."),
            code="hidden",
        )


def tracked_changes() -> ValidationError:
    """What to say of a file in which deleted words are still to be found."""
    return ValidationError(
        _(
            "This file has tracked changes: what was deleted can still be read in it. "
            "Accept or reject all changes, save the file and upload it again."
        ),
        code="tracked",
    )


def _clean_attributes(element: Element) -> None:
    for key in list(element.attrib):
        name = attribute_name(key)
        is_file_name = name in {"descr", "title", "alt"} and _FILE_NAME.search(element.attrib[key])
        if name in _PEOPLE or name.startswith("rsid") or is_file_name:
            del element.attrib[key]
    if name_of(element) in _NAMED:
        element.set("name", "")


def _clean_fields(element: Element) -> None:
    """Without fields that name a path on somebody's computer; what looked into another workbook keeps its value."""
    name = name_of(element)
    if name == "instrText" and _PATH.search(element.text or ""):
        element.text = ""
    elif name == "fldSimple" and any(_PATH.search(value) for value in element.attrib.values()):
        markup.unwrap(element)
    elif name in {"f", "definedName"} and _OTHER_WORKBOOK.search(element.text or ""):
        markup.take_out(element)


def _points_at(element: Element, gone: set[str]) -> bool:
    return any("relationships" in key and value in gone for key, value in element.attrib.items())
