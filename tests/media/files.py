"""Files with something to hide: three canaries (ASCII, Arabic, accented) wherever their format has room for them."""

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from PIL import Image, PngImagePlugin

CANARIES = ("CANARY-7731", "كناري-سري", "Détenuécachée")
ALL = " ".join(CANARIES)


def canary_bytes() -> list[bytes]:
    """The canaries in the encodings that metadata uses."""
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return [text.encode(encoding) for text in CANARIES for encoding in encodings]


def picture(size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A picture with a gradient, so that it is not nothing."""
    return Image.linear_gradient("L").resize(size).convert("RGB")


def exif() -> Image.Exif:
    """Author, GPS position, comment, and a camera held upright."""
    data = Image.Exif()
    data[0x013B] = ALL  # Artist
    data[0x8298] = CANARIES[0]  # Copyright
    data[0x0112] = 6  # Orientation: turned
    gps = data.get_ifd(0x8825)
    gps.update({1: "N", 2: (36.0, 48.0, 23.0), 3: "E", 4: (10.0, 10.0, 54.0), 29: CANARIES[0]})
    data._ifds[0x8825] = gps
    return data


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{ALL}</dc:creator></x:xmpmeta>'.encode()


def jpeg(size: tuple[int, int] = (900, 600)) -> bytes:
    """EXIF with GPS, XMP, a comment, and IPTC."""
    target = BytesIO()
    picture(size).save(target, "JPEG", exif=exif(), comment=ALL.encode(), xmp=XMP)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(ALL.encode()) + 5)
    iptc += b"\x1c\x02\x50" + struct.pack(">H", len(ALL.encode())) + ALL.encode()
    content = target.getvalue()
    return content[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + content[2:]


def png() -> bytes:
    """Text chunks and EXIF."""
    target, info = BytesIO(), PngImagePlugin.PngInfo()
    info.add_itxt("Author", ALL)
    info.add_text("Comment", CANARIES[0], zip=False)
    picture().save(target, "PNG", pnginfo=info, exif=exif())
    return target.getvalue()


def webp() -> bytes:
    """EXIF and XMP."""
    target = BytesIO()
    picture().save(target, "WEBP", exif=exif().tobytes(), xmp=XMP)
    return target.getvalue()


def gif() -> bytes:
    """Two frames and a comment."""
    target = BytesIO()
    frames = [picture().convert("P"), picture().rotate(180).convert("P")]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:], duration=200, comment=ALL.encode())
    return target.getvalue()


def pdf() -> bytes:
    """Author, XMP, an attachment, a script, a note."""
    target = BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        document.docinfo["/Author"] = ALL
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [ALL]
        document.attachments["secret.txt"] = pikepdf.AttachedFileSpec(document, ALL.encode(), filename=CANARIES[0])
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{CANARIES[0]}')")
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=ALL, T=ALL
        )
        page.obj.Annots = pikepdf.Array([document.make_indirect(note)])
        document.save(target, compress_streams=False)
    return target.getvalue()


def encrypted_pdf() -> bytes:
    """Protected by a password."""
    target = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(target, encryption=pikepdf.Encryption(owner="x", user="y"))
    return target.getvalue()


def zipped(parts: dict[str, str | bytes], comment: bytes = b"") -> bytes:
    """A zip of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx() -> bytes:
    """Properties, comments, tracked changes, an inner photograph."""
    core = f"<cp:coreProperties><dc:creator>{ALL}</dc:creator></cp:coreProperties>"
    text = f'<w:document><w:ins w:author="{ALL}" w:date="2020-01-01"><w:t>Public words</w:t></w:ins></w:document>'
    relation = '<Relationships><Relationship Id="r1" Target="comments.xml"/></Relationships>'
    return zipped(
        {
            "[Content_Types].xml": '<Types><Override PartName="/word/comments.xml" ContentType="x"/></Types>',
            "word/document.xml": text,
            "word/comments.xml": f"<w:comments>{ALL}</w:comments>",
            "word/_rels/document.xml.rels": relation,
            "word/media/image1.jpeg": jpeg(),
            "docProps/core.xml": core,
            "docProps/app.xml": f"<Properties><Company>{ALL}</Company></Properties>",
            "docProps/custom.xml": f"<Properties>{ALL}</Properties>",
        },
        comment=CANARIES[0].encode(),
    )


def odt() -> bytes:
    """An OpenDocument text with its author."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<t><dc:creator>{ALL}</dc:creator>Public words</t>",
            "meta.xml": f"<m>{ALL}</m>",
            "Thumbnails/thumbnail.png": png(),
        }
    )


def bomb_png(side: int = 10_000) -> bytes:
    """A few bytes that claim to be a hundred megapixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXECUTABLE = b"\x7fELF\x02\x01\x01" + b"\0" * 500
