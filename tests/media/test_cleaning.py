"""Nothing of what a file hides comes in; what cannot be cleaned is refused with a sentence."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from federation.media.cleaning import clean_document, clean_image

from . import files

PICTURES = {"jpeg": files.jpeg, "png": files.png, "webp": files.webp, "gif": files.gif}
DOCUMENTS = {"pdf": files.pdf, "docx": files.docx, "odt": files.odt}


def leaks(content: bytes) -> list[bytes]:
    """Canaries in the bytes, or in what is packed inside."""
    found = [canary for canary in files.canary_bytes() if canary in content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            found += [canary for name in archive.namelist() for canary in leaks(archive.read(name))]
    return found


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_loses_what_it_hides(kind: str) -> None:
    content = PICTURES[kind]()
    assert leaks(content)
    cleaned = clean_image(ContentFile(content, name="Ahmed.jpg"))
    result = cleaned.read()
    assert leaks(result) == []
    assert "Ahmed" not in cleaned.name
    with Image.open(BytesIO(result)) as picture:
        assert not picture.getexif()
        assert not {"comment", "exif", "xmp", "photoshop"} & set(picture.info)


def test_a_photograph_is_turned_upright_before_its_orientation_is_lost() -> None:
    with Image.open(BytesIO(clean_image(ContentFile(files.jpeg((900, 600)))).read())) as picture:
        assert picture.size == (600, 900)


def test_an_animation_stays_one() -> None:
    with Image.open(BytesIO(clean_image(ContentFile(files.gif())).read())) as picture:
        assert (picture.n_frames, picture.info["duration"]) == (2, 200)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_loses_what_it_hides_and_keeps_its_words(kind: str) -> None:
    content = DOCUMENTS[kind]()
    assert leaks(content)
    cleaned = clean_document(ContentFile(content, name="Ahmed.pdf"))
    result = cleaned.read()
    assert leaks(result) == []
    assert cleaned.name.endswith(f".{kind}")
    if kind != "pdf":
        with zipfile.ZipFile(BytesIO(result)) as archive:
            name = "word/document.xml" if kind == "docx" else "content.xml"
            assert b"Public words" in archive.read(name)


def test_a_pdf_keeps_no_script_and_no_attachment() -> None:
    import pikepdf

    with pikepdf.open(BytesIO(clean_document(ContentFile(files.pdf())).read())) as pdf:
        assert not {"/OpenAction", "/Names", "/Metadata", "/AcroForm"} & set(pdf.Root.keys())
        assert len(pdf.pages) == 1
        assert len(pdf.attachments) == 0
        assert dict(pdf.docinfo) == {}


REFUSED_PICTURES = {
    "svg": (files.SVG, "format"),
    "executable": (files.EXECUTABLE, "format"),
    "empty": (b"", "empty"),
    "cut off": (files.jpeg()[:2000], "damaged"),
    "bomb": (files.bomb_png(), "pixels"),
    "PDF": (files.pdf(), "format"),
}


@pytest.mark.parametrize("name", REFUSED_PICTURES)
def test_what_is_no_clean_picture_is_refused(name: str) -> None:
    content, code = REFUSED_PICTURES[name]
    with pytest.raises(ValidationError) as error:
        clean_image(ContentFile(content, name="photo.png"))
    assert error.value.code == code
    assert str(error.value.messages[0]).endswith(".")


REFUSED_DOCUMENTS = {
    "encrypted": (files.encrypted_pdf(), "encrypted"),
    "executable": (files.EXECUTABLE, "format"),
    "script": (b"#!/bin/sh\nrm -rf /", "format"),
    "HTML": (b"<html><script>1</script></html>", "format"),
    "cut off": (files.pdf()[:200], "damaged"),
    "zip": (files.zipped({"a.txt": "x"}), "format"),
    "bomb": (files.zipped({"word/document.xml": b"0" * 210 * 1024 * 1024}), "bomb"),
}


@pytest.mark.parametrize("name", REFUSED_DOCUMENTS)
def test_what_is_no_clean_document_is_refused(name: str) -> None:
    content, code = REFUSED_DOCUMENTS[name]
    with pytest.raises(ValidationError) as error:
        clean_document(ContentFile(content, name="paper.pdf"))
    assert error.value.code == code


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at(settings: Any) -> None:
    settings.FEDERATION = {"MAX_UPLOAD_BYTES": 1000}
    with pytest.raises(ValidationError) as error:
        clean_image(ContentFile(files.jpeg()))
    assert error.value.code == "size"


def test_a_bomb_is_refused_without_being_decoded() -> None:
    import tracemalloc

    tracemalloc.start()
    with pytest.raises(ValidationError):
        clean_image(ContentFile(files.bomb_png()))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
