"""Nothing of what a file hides comes in; what cannot be cleaned is refused with a sentence."""

import random
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from federation.media.cleaning import clean_document, clean_image

from . import files, office_files
from .files import leaks

PICTURES = {
    "jpeg": files.jpeg,
    "png": files.png,
    "webp": files.webp,
    "gif": files.gif,
    "animated webp": lambda: files.animated("WEBP"),
    "polyglot": files.polyglot,
}
DOCUMENTS = {
    "pdf": files.pdf,
    "docx": office_files.docx,
    "xlsx": office_files.xlsx,
    "pptx": office_files.pptx,
    "odt": office_files.odt,
    "ods": lambda: office_files.odt("spreadsheet"),
    "odp": lambda: office_files.odt("presentation"),
}


def cleaned(clean: Callable[[Any], ContentFile], content: bytes, name: str = "Ahmed in Tunis.bin") -> bytes:
    """The bytes that would be stored."""
    file = clean(ContentFile(content, name=name))
    assert "Ahmed" not in (file.name or "")
    return file.read()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_loses_what_it_hides(name: str) -> None:
    content = PICTURES[name]()
    assert leaks(content)
    result = cleaned(clean_image, content)
    assert leaks(result) == []
    assert b"PK\x03\x04" not in result


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_loses_what_it_hides(name: str) -> None:
    content = DOCUMENTS[name]()
    assert leaks(content)
    assert leaks(cleaned(clean_document, content)) == []


@pytest.mark.parametrize(("name", "extension"), [("list.csv", "csv"), ("words.txt", "txt"), ("no extension", "txt")])
def test_plain_text_is_stored_as_it_is(name: str, extension: str) -> None:
    file = clean_document(ContentFile("Pays, date\nتونس, 2015\n".encode(), name=name))
    assert (file.read().decode(), file.name[-4:]) == ("Pays, date\nتونس, 2015\n", f".{extension}")


TOO_LARGE = "This file is larger than %s MB. Make it smaller and upload it again."
NO_PICTURE = "This is not a picture that we take. Save it as JPEG, PNG, WebP or GIF and upload it again."
BROKEN_PICTURE = "This picture is damaged. Open it, save it again and upload the new file."
TOO_MANY_PIXELS = "This picture has more than 40 million pixels. Make it smaller and upload it again."
REFUSED_PICTURES = {
    "SVG": (files.SVG, NO_PICTURE),
    "program": (files.EXECUTABLE, NO_PICTURE),
    "Windows program": (files.WINDOWS_PROGRAM, NO_PICTURE),
    "PDF": (files.pdf(), NO_PICTURE),
    "empty": (b"", "This file is empty."),
    "cut off JPEG": (files.jpeg()[:2000], BROKEN_PICTURE),
    "cut off PNG": (files.png()[:2000], BROKEN_PICTURE),
    "cut off WebP": (files.webp()[:-400], BROKEN_PICTURE),
    "PNG of 100 megapixels": (files.bomb_png(), TOO_MANY_PIXELS),
    "GIF of 100 megapixels": (files.bomb_gif(), TOO_MANY_PIXELS),
    "WebP of 268 megapixels": (files.bomb_webp(), TOO_MANY_PIXELS),
    "JPEG of 100 megapixels": (files.bomb_jpeg(), TOO_MANY_PIXELS),
    "endless GIF": (
        files.endless_gif(),
        "This animation has more than 1000 pictures. Make it shorter and upload it again.",
    ),
    "animated PNG": (
        files.animated("PNG"),
        "This PNG is animated. Save it as GIF or WebP, or as one still picture, and upload it again.",
    ),
}


@pytest.mark.parametrize("name", REFUSED_PICTURES)
def test_what_is_no_clean_picture_is_refused_with_a_sentence(name: str) -> None:
    content, sentence = REFUSED_PICTURES[name]
    with pytest.raises(ValidationError) as error:
        clean_image(ContentFile(content, name="photo.png"))
    assert error.value.messages == [sentence]


NO_DOCUMENT = (
    "We cannot remove the hidden data from this sort of file, so we do not take it. "
    "Save it as PDF, Word, Excel, PowerPoint, OpenDocument or plain text and upload it again."
)
BROKEN_OFFICE = "This file is damaged or protected. Open it, save it again and upload the new file."
BOMB = "This file unpacks to far more than it should, so we do not take it."
TRACKED = (
    "This file has tracked changes: what was deleted can still be read in it. "
    "Accept or reject all changes, save the file and upload it again."
)
HIDDEN = "This file has hidden sheets or slides. Show or delete them, save the file and upload it again."
REFUSED_DOCUMENTS = {
    "program": (files.EXECUTABLE, NO_DOCUMENT),
    "script": (b"#!/bin/sh\nrm -rf /", NO_DOCUMENT),
    "HTML": (b"<html><script>1</script></html>", NO_DOCUMENT),
    "RTF": (b"{\\rtf1 {\\info {\\author A}}}", NO_DOCUMENT),
    "zip": (files.zipped({"a.txt": "x"}), NO_DOCUMENT),
    "picture": (files.jpeg(), NO_DOCUMENT),
    "Word of 2003, or with a password": (
        files.OLD_WORD,
        "This Office file is protected by a password, or older than 2007. "
        "Save it without password as .docx, .xlsx or .pptx and upload it again.",
    ),
    "encrypted OpenDocument": (
        office_files.odt(encrypted=True),
        "This file is protected by a password. Save it without one and upload it again.",
    ),
    "cut off Word": (office_files.docx()[:3000], NO_DOCUMENT),
    "markup with entities": (
        files.zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
        BROKEN_OFFICE,
    ),
    "zip bomb": (files.zipped({"word/document.xml": b" " * 210 * 1024 * 1024}), BOMB),
    "tracked Word": (office_files.tracked_docx(), TRACKED),
    "tracked OpenDocument": (office_files.tracked_odt(), TRACKED),
    "hidden sheet": (office_files.xlsx(state="veryHidden"), HIDDEN),
    "hidden slide": (office_files.pptx(show="0"), HIDDEN),
    "metafile": (
        files.zipped({"word/document.xml": "<a/>", "word/media/image1.emf": b"\x01\x00\x00\x00" * 9}),
        "A picture in this file is of a kind that we cannot clean. Put it in as JPEG or PNG, "
        "or save the whole file as PDF, and upload it again.",
    ),
}


@pytest.mark.parametrize("name", REFUSED_DOCUMENTS)
def test_what_is_no_clean_document_is_refused_with_a_sentence(name: str) -> None:
    content, sentence = REFUSED_DOCUMENTS[name]
    with pytest.raises(ValidationError) as error:
        clean_document(ContentFile(content, name="paper.docx"))
    assert error.value.messages == [sentence]


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at(settings: Any) -> None:
    settings.FEDERATION = {"MAX_UPLOAD_BYTES": 1024 * 1024}
    for clean in (clean_image, clean_document):
        with pytest.raises(ValidationError) as error:
            clean(ContentFile(b"\0" * (1024 * 1024 + 1)))
        assert error.value.messages == [TOO_LARGE % 1]


BOMBS = ["files.bomb_png()", "files.bomb_gif()", "files.bomb_webp()", "files.bomb_jpeg()", "files.endless_gif()"]
MEASURE = """
import django, resource; django.setup()
from django.core.exceptions import ValidationError
from federation.media import cleaning
from django.core.files.base import ContentFile
from tests.media import files
cleaning.clean_image(ContentFile(files.png())); cleaning.clean_document(ContentFile(files.pdf()))
content = {make}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    cleaning.{clean}(ContentFile(content))
except ValidationError:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("make", [*BOMBS, "files.bomb_pdf(300_000_000)"])
def test_a_bomb_is_refused_without_being_unpacked_into_memory(make: str) -> None:
    """In a process of its own: only the operating system sees what Pillow and libqpdf reserve."""
    clean = "clean_document" if "pdf" in make else "clean_image"
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(make=make, clean=clean)], capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    kilobytes = int(done.stdout) // (1024 if sys.platform == "darwin" else 1)
    assert kilobytes < 12_000, f"{kilobytes} kB for {make}"
    assert resource.getpagesize()


@pytest.mark.parametrize("name", [*PICTURES, *DOCUMENTS])
def test_broken_bytes_are_refused_or_cleaned_but_never_an_error(name: str) -> None:
    """A decoder's own exception would be a 500 in the admin; a half-read file may not keep what it hides."""
    content = (PICTURES.get(name) or DOCUMENTS[name])()
    clean = clean_image if name in PICTURES else clean_document
    dice = random.Random(name)
    for _number in range(60):
        broken = bytearray(content)
        for _error in range(dice.randint(1, 8)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            result = clean(ContentFile(bytes(broken[: dice.randint(len(broken) // 2, len(broken))]))).read()
        except ValidationError:
            continue
        assert [canary for canary in files.canary_bytes() if canary in result] == []
