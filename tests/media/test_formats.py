"""What readers see of a file is what it was; only what it hid is gone."""

import zipfile
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms, ImageSequence

from federation.media.cleaning import clean_document, clean_image

from . import files, office_files


def image(content: bytes) -> Image.Image:
    """The picture that would be stored."""
    return Image.open(BytesIO(clean_image(ContentFile(content)).read()))


def part(content: bytes, name: str) -> str:
    """A part of the Office file that would be stored."""
    with zipfile.ZipFile(BytesIO(clean_document(ContentFile(content)).read())) as archive:
        return archive.read(name).decode()


def parts(content: bytes) -> list[str]:
    """The names of all parts."""
    with zipfile.ZipFile(BytesIO(clean_document(ContentFile(content)).read())) as archive:
        return sorted(archive.namelist())


def stored_pdf(content: bytes) -> pikepdf.Pdf:
    """The PDF that would be stored."""
    return pikepdf.open(BytesIO(clean_document(ContentFile(content)).read()))


# Pictures


def test_a_photograph_is_turned_upright_before_its_orientation_is_lost() -> None:
    before = Image.open(BytesIO(files.jpeg((900, 600))))
    after = image(files.jpeg((900, 600)))
    assert (before.size, after.size) == ((900, 600), (600, 900))
    # The gradient runs from dark (top) to light; turned by 90 degrees, from the right to the left.
    assert after.getpixel((599, 450))[0] < 10 < 240 < after.getpixel((0, 450))[0]


@pytest.mark.parametrize("make", [files.gif, lambda: files.animated("WEBP")])
def test_an_animation_keeps_its_frames_their_times_and_how_often_it_runs(make: object) -> None:
    after = image(make())  # type: ignore[operator]
    seen = [(frame.convert("RGB").getpixel((5, 5)), frame.info["duration"]) for frame in ImageSequence.Iterator(after)]
    assert [time for _colour, time in seen] == list(files.DURATIONS)
    for (colour, _time), expected in zip(seen, files.COLOURS, strict=True):
        assert max(abs(a - b) for a, b in zip(colour, expected, strict=True)) < 12
    assert after.info["loop"] == 3


def test_an_animation_that_runs_once_still_runs_once() -> None:
    assert "loop" not in image(files.gif(loop=None)).info


def test_transparency_stays() -> None:
    target = BytesIO()
    Image.new("RGBA", (9, 9), (200, 30, 40, 0)).save(target, "PNG")
    assert image(target.getvalue()).getpixel((4, 4))[3] == 0
    target = BytesIO()
    Image.new("RGB", (9, 9), (200, 30, 40)).save(target, "PNG", transparency=(200, 30, 40))
    assert image(target.getvalue()).getpixel((4, 4))[3] == 0


def test_sixteen_bits_of_grey_become_eight() -> None:
    target = BytesIO()
    Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16").save(target, "PNG")
    after = image(target.getvalue())
    assert [after.getpixel((0, row)) for row in (0, 128, 255)] == [0, 128, 255]


def test_colours_of_a_profile_become_those_of_every_screen() -> None:
    """CIELAB numbers are another colour in sRGB; the profile itself goes."""
    target, lab = BytesIO(), ImageCms.createProfile("LAB")
    linear = ImageCms.ImageCmsProfile(lab)
    Image.new("RGB", (9, 9), (200, 30, 40)).save(target, "PNG", icc_profile=linear.tobytes())
    after = image(target.getvalue())
    assert "icc_profile" not in after.info
    target = BytesIO()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (9, 9), (200, 30, 40)).save(target, "PNG", icc_profile=srgb)
    after = image(target.getvalue())
    assert ("icc_profile" in after.info, after.getpixel((4, 4))) == (False, (200, 30, 40))


def test_a_broken_profile_is_no_reason_to_refuse() -> None:
    target = BytesIO()
    Image.new("RGB", (9, 9), (200, 30, 40)).save(target, "PNG", icc_profile=files.ALL.encode() * 10)
    assert image(target.getvalue()).getpixel((4, 4)) == (200, 30, 40)


# PDF


def test_a_pdf_keeps_its_pages_places_bookmarks_and_links_to_the_web() -> None:
    with stored_pdf(files.pdf()) as pdf:
        page = pdf.pages[0].obj
        assert [str(note.A.URI) for note in page.Annots if "/A" in note] == ["https://example.org/"]
        assert {str(note.Subtype) for note in page.Annots} == {"/Link"}
        assert str(pdf.Root.Outlines.First.Title) == "Chapter 1"
        assert list(pdf.Root.Names.keys()) == ["/Dests"]
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Names", "/Outlines"}
        assert (len(pdf.attachments), dict(pdf.docinfo)) == (0, {})


def test_a_stamp_and_an_answer_become_part_of_the_page() -> None:
    with stored_pdf(files.pdf()) as pdf:
        drawn = b"".join(held.read_bytes() for held in pdf.pages[0].obj.Contents)
    assert drawn.count(b" Do") == 4  # the photograph, the drawing, the stamp, the answer


def test_a_photograph_in_a_pdf_keeps_every_pixel() -> None:
    with pikepdf.open(BytesIO(files.pdf())) as pdf:
        before = Image.open(BytesIO(pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes())).convert("RGB")
    with stored_pdf(files.pdf()) as pdf:
        stored = pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()
        after = Image.open(BytesIO(stored))
        assert (after.size, dict(after.getexif())) == ((900, 600), {})
        assert after.convert("RGB").tobytes() == before.tobytes()


def test_a_pdf_of_a_progressive_photograph_is_not_damaged() -> None:
    target = BytesIO()
    files.picture().save(target, "JPEG", progressive=True, exif=files.exif(), restart_marker_blocks=4)
    with pikepdf.new() as document:
        page = document.add_blank_page()
        photograph = document.make_stream(target.getvalue(), files.camera_picture())
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=photograph))
        page.obj.Contents = document.make_stream(b"/Im0 Do")
        whole = BytesIO()
        document.save(whole)
    with stored_pdf(whole.getvalue()) as pdf:
        after = Image.open(BytesIO(pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()))
        assert after.convert("RGB").tobytes() == Image.open(target).convert("RGB").tobytes()


BROKEN = "This PDF is damaged. Open it, save it again and upload the new file."
REFUSED = {
    "password": (
        files.encrypted_pdf(),
        "This PDF is protected by a password. Save it without one and upload it again.",
    ),
    "protection": (
        files.encrypted_pdf(user=""),
        "This PDF is protected. Save it without protection and upload it again.",
    ),
    "cut off": (files.pdf()[:200], BROKEN),
    "nothing": (b"%PDF-1.7\n", BROKEN),
    "layer": (
        files.pdf_with(OCProperties=Dictionary(D=Dictionary(OFF=Array([Dictionary(Type=Name.OCG)])))),
        "This PDF has layers that are switched off. Print it to a new PDF and upload that one.",
    ),
    "redaction": (
        files.pdf_with_note(Subtype=Name.Redact),
        "This PDF has parts that are marked for redaction and can still be read. Apply it and upload it again.",
    ),
    "answer": (
        files.pdf_with_note(Subtype=Name.Widget, FT=Name.Tx, V=String("an answer")),
        "This PDF is a form whose answers are not part of its pages. Print it to a new PDF and upload that one.",
    ),
    "XFA": (
        files.pdf_with(AcroForm=Dictionary(XFA=String("x"))),
        "This PDF is a form whose answers are not part of its pages. Print it to a new PDF and upload that one.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_pdf_that_cannot_be_cleaned_is_refused_with_a_sentence(name: str) -> None:
    content, sentence = REFUSED[name]
    with pytest.raises(ValidationError) as error:
        clean_document(ContentFile(content, name="paper.pdf"))
    assert error.value.messages == [sentence]


# Office


def test_a_word_file_keeps_words_links_and_pictures() -> None:
    content = office_files.docx()
    text = part(content, "word/document.xml")
    assert "Public words" in text
    assert "Words of a link to a disk" in text
    assert 'r:id="rWeb"' in text
    assert 'descr="A gradient"' in text
    for gone in ("rDisk", "comment", "rPrChange", "rsid", "<!--", "INCLUDETEXT"):
        assert gone not in text
    relations = part(content, "word/_rels/document.xml.rels")
    assert ["rWeb" in relations, "rPicture" in relations, "rDisk" in relations, "rMacro" in relations] == [
        True,
        True,
        False,
        False,
    ]
    assert parts(content) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/settings.xml.rels",
        "word/document.xml",
        "word/media/image1.jpeg",
        "word/settings.xml",
    ]


def test_a_picture_in_a_text_is_not_turned_a_second_time() -> None:
    with zipfile.ZipFile(BytesIO(clean_document(ContentFile(office_files.docx())).read())) as archive:
        assert Image.open(BytesIO(archive.read("word/media/image1.jpeg"))).size == (900, 600)


def test_a_file_with_macros_becomes_one_without() -> None:
    kinds = part(office_files.docx(), "[Content_Types].xml")
    assert "wordprocessingml.document.main+xml" in kinds
    assert "comments" not in kinds


def test_a_workbook_keeps_values_and_points_at_nothing_that_is_gone() -> None:
    content = office_files.xlsx()
    sheet, book = part(content, "xl/worksheets/sheet1.xml"), part(content, "xl/workbook.xml")
    assert ["Public words" in sheet, "<v>7</v>" in sheet] == [True, True]
    assert [word in sheet for word in ("<f>", "hyperlink", "legacyDrawing")] == [False, False, False]
    assert [word in book for word in ("externalReference", "pivotCache", "absPath", "fileSharing")] == [False] * 4
    assert [name for name in parts(content) if "calc" in name or "comments" in name or "pivot" in name] == []


def test_a_presentation_keeps_its_slides_without_the_speakers_notes() -> None:
    content = office_files.pptx()
    assert "Public words" in part(content, "ppt/slides/slide1.xml")
    assert "notes" not in "".join(parts(content)) + part(content, "ppt/presentation.xml")


def test_an_opendocument_keeps_words_links_and_pictures() -> None:
    content = office_files.odt()
    text = part(content, "content.xml")
    for kept in (
        "Public words",
        " after the comment",
        "Words of a link to a disk",
        "https://example.org/",
        "A gradient",
    ):
        assert kept in text
    assert [word in text for word in ("annotation", "creator", "rsid", "scripts")] == [False] * 4
    assert parts(content) == [
        "META-INF/manifest.xml",
        "Pictures/1.jpg",
        "content.xml",
        "meta.xml",
        "mimetype",
        "styles.xml",
    ]
    manifest = part(content, "META-INF/manifest.xml")
    assert ["Pictures/1.jpg" in manifest, "Thumbnails" in manifest, "settings.xml" in manifest] == [True, False, False]
    with zipfile.ZipFile(BytesIO(clean_document(ContentFile(content)).read())) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.date_time[0]) == ("mimetype", zipfile.ZIP_STORED, 1980)
