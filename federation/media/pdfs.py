"""PDF files: written anew with what readers see, and nothing else.

Pages, catalogue, bookmarks and links keep the keys of an allow-list; what was typed, stamped or drawn on a page becomes
part of it, without who did it and when; everything that can run, hide or tell goes.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from . import inflating, segments

_MAX_OBJECTS = 300_000


def _keys(words: str) -> frozenset[str]:
    return frozenset(f"/{word}" for word in words.split())


_KEPT_IN_ROOT = _keys(
    "Type Version Pages PageLabels PageMode PageLayout ViewerPreferences Names Dests Outlines Lang MarkInfo"
    " StructTreeRoot OCProperties OutputIntents"
)
_KEPT_IN_PAGES = _keys(
    "Type Parent Kids Count Resources MediaBox CropBox BleedBox TrimBox ArtBox Rotate Contents Annots Group"
    " StructParents Tabs UserUnit"
)
_KEPT_IN_BOOKMARKS = _keys("Type Title Parent Prev Next First Last Count Dest A C F SE")
_KEPT_IN_LINKS = _keys("Type Subtype Rect Border H QuadPoints A Dest C BS StructParent P")
# Keys that carry hidden data or behaviour, wherever they stand: GPS in maps (Measure, PtData), older pictures ...
_NOWHERE = _keys(
    "Metadata PieceInfo LastModified AA Thumb AF OpenAction JS Measure PtData CreatorInfo Alternates OPI Ref EF"
)
# Notes beside the page, and files, sounds and films on it. Other marks are drawn into the page.
_NOT_DRAWN = {"/Text", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/Link"}
_ADDRESS = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\\/]|\.(jpe?g|png|gif|webp|tiff?|bmp|heic|svg|emf|wmf)\s*$", re.IGNORECASE)


def cleaned(content: bytes) -> bytes:
    """What readers see of a PDF. ValidationError with a sentence for what is protected, damaged or hides words."""
    inflating.refuse_bomb(content)
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            _refuse(pdf)
            return _written_anew(pdf)
    except pikepdf.PasswordError as error:
        raise _refusal(
            "encrypted", _("This PDF is protected by a password. Save it without one and upload it again.")
        ) from error
    # pikepdf 10 answers broken files with PdfError, but also ValueError, TypeError, KeyError, AttributeError ...
    except (pikepdf.PdfError, segments.BrokenPicture, LookupError, TypeError, ValueError, AttributeError) as error:
        raise _refusal("damaged", _("This PDF is damaged. Open it, save it again and upload the new file.")) from error
    except RuntimeError as error:  # libqpdf's own limits (depth of nesting)
        raise _refusal("damaged", _("This PDF is damaged. Open it, save it again and upload the new file.")) from error


def _refusal(code: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=code)


def _refuse(pdf: Pdf) -> None:
    """What we cannot take out without changing what the document says."""
    if pdf.is_encrypted:
        raise _refusal("encrypted", _("This PDF is protected. Save it without protection and upload it again."))
    if len(pdf.objects) > _MAX_OBJECTS:
        raise inflating.too_much()
    layers = pdf.Root.get("/OCProperties", Dictionary()).get("/D", Dictionary()).get("/OFF")
    if layers is not None and len(layers):
        raise _refusal(
            "hidden",
            _("This PDF has layers that are switched off. Print it to a new PDF and upload that one."),
        )
    notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
    if any(note.get("/Subtype") == "/Redact" for note in notes):
        raise _refusal(
            "redaction",
            _("This PDF has parts that are marked for redaction and can still be read. Apply it and upload it again."),
        )
    if "/XFA" in pdf.Root.get("/AcroForm", {}) or any(_is_undrawn_answer(note) for note in notes):
        raise _refusal(
            "form",
            _("This PDF is a form whose answers are not part of its pages. Print it to a new PDF and upload that one."),
        )


def _is_undrawn_answer(note: Any) -> bool:
    return note.get("/Subtype") == "/Widget" and "/AP" not in note and str(note.get("/V", "")) not in {"", "/Off"}


def _written_anew(pdf: Pdf) -> bytes:
    links = [_links(page.obj) for page in pdf.pages]
    pdf.flatten_annotations("screen")
    for page, kept in zip(pdf.pages, links, strict=True):
        page.obj.Annots = Array(kept)
        _keep(page.obj, _KEPT_IN_PAGES)
    _clean_root(pdf)
    for held in pdf.objects:
        for part in _parts(held):
            _clean_part(part)
    pdf.remove_unreferenced_resources()
    target = BytesIO()
    # Streams are not unpacked on the way.
    pdf.save(target, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return target.getvalue()


def _links(page: Dictionary) -> list[Any]:
    """Links of a page; what cannot be drawn into it is taken off."""
    notes = list(page.get("/Annots", []))
    page.Annots = Array([note for note in notes if note.get("/Subtype") not in _NOT_DRAWN])
    links = [note for note in notes if note.get("/Subtype") == "/Link"]
    for link in links:
        _keep(link, _KEPT_IN_LINKS)
    return links


def _clean_root(pdf: Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    _keep(pdf.Root, _KEPT_IN_ROOT)
    # Names lead to scripts and attached files too; only places in the document stay.
    places = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if places is not None:
        pdf.Root.Names = Dictionary(Dests=places)
    elif "/Names" in pdf.Root:
        del pdf.Root.Names
    bookmarks = pdf.Root.get("/Outlines")
    if bookmarks is not None:
        _keep(bookmarks, _KEPT_IN_BOOKMARKS)


def _keep(held: Any, keys: frozenset[str]) -> None:
    for key in set(held.keys()) - keys:
        del held[key]


def _parts(held: Any) -> Iterator[Any]:
    """An object's dictionary and every dictionary written inside of it; those with a number come by themselves."""
    waiting = [held]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Dictionary | Stream):
            yield part
            inside = [value for _key, value in part.items()]
        elif isinstance(part, Array):
            inside = list(part)  # type: ignore[call-overload]
        else:
            continue
        waiting += [value for value in inside if isinstance(value, Dictionary | Array) and not value.is_indirect]


def _clean_part(part: Any) -> None:
    for key in _NOWHERE & set(part.keys()):
        del part[key]
    if "/Title" in part and "/Parent" in part:
        _keep(part, _KEPT_IN_BOOKMARKS)
    if isinstance(part.get("/A"), Dictionary) and "/S" in part.A and not _is_harmless(part.A):
        del part["/A"]
    if isinstance(part.get("/Alt"), pikepdf.String) and _FILE_NAME.search(str(part.Alt)):
        del part["/Alt"]
    if isinstance(part, Stream):
        _clean_picture(part)


def _is_harmless(action: Dictionary) -> bool:
    """To a place in the document, or to an address of the web."""
    if action.get("/S") == "/URI":
        _keep(action, frozenset({"/S", "/URI"}))
        return bool(_ADDRESS.match(str(action.get("/URI", ""))))
    _keep(action, frozenset({"/S", "/D"}))
    return bool(action.get("/S") == "/GoTo")


def _clean_picture(stream: Any) -> None:
    """Photographs lie in a PDF as the camera wrote them."""
    filters = stream.get("/Filter", Array())
    names = [str(name) for name in (filters if isinstance(filters, Array) else [filters])]
    if not {"/DCTDecode", "/DCT", "/JPXDecode"} & set(names):
        return
    if len(names) > 1:
        raise _refusal(
            "picture",
            _("A picture in this PDF is packed so that we cannot clean it. Print it to a new PDF and upload that one."),
        )
    bare = segments.bare_jpeg2000 if names == ["/JPXDecode"] else segments.bare_jpeg
    parameters = stream.get("/DecodeParms")
    stream.write(bare(stream.read_raw_bytes()), filter=Name(names[0]), decode_parms=parameters)
