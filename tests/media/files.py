"""Files with something to hide: three canaries (ASCII, Arabic, accented) wherever their format has room for them."""

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

CANARIES = ("CANARY-7731", "كناري-سري", "Détenuécachée")
ALL = " ".join(CANARIES)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")


def canary_bytes() -> list[bytes]:
    """The canaries in the encodings that metadata uses."""
    return [
        text.encode(code, "ignore")
        for text in CANARIES
        for code in ENCODINGS
        if text.encode(code, "ignore").strip(b"-")
    ]


def leaks(content: bytes) -> list[bytes]:
    """Canaries in the bytes, in what is packed inside, and in what a reader of the format is told."""
    seen = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return [canary for canary in canary_bytes() if canary in content] + [
                canary for name in archive.namelist() for canary in leaks(archive.read(name))
            ]
    if content.startswith(b"%PDF"):
        seen += _pdf_words(content)
    if content[:4] in (b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\x89PNG", b"GIF8", b"RIFF"):
        with Image.open(BytesIO(content)) as picture:
            picture.load()
            seen.append(repr((picture.info, picture.getexif())).encode())
    return [canary for canary in canary_bytes() for words in seen if canary in words]


def _pdf_words(content: bytes) -> list[bytes]:
    words = []
    with pikepdf.open(BytesIO(content)) as pdf:
        for held in pdf.objects:
            words.append(held.unparse(resolved=True))
            words += [str(value).encode() for value in _strings(held)]
            if isinstance(held, pikepdf.Stream):
                words.append(held.read_raw_bytes())
                words.append(held.read_bytes() if "/DCTDecode" not in str(held.get("/Filter")) else b"")
    return words


def _strings(held: object) -> list[str]:
    if isinstance(held, pikepdf.String):
        return [str(held)]
    inside = held.values() if isinstance(held, Dictionary) else held if isinstance(held, Array) else ()
    return [text for value in inside if not getattr(value, "is_indirect", False) for text in _strings(value)]


# Pictures


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
    """EXIF with GPS, XMP, a comment, and IPTC; and something behind the end."""
    target = BytesIO()
    picture(size).save(target, "JPEG", exif=exif(), comment=ALL.encode(), xmp=XMP)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(ALL.encode()) + 5)
    iptc += b"\x1c\x02\x50" + struct.pack(">H", len(ALL.encode())) + ALL.encode()
    content = target.getvalue()
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return content[:2] + segment + content[2:] + ALL.encode()


def png() -> bytes:
    """Text chunks, packed and not, and EXIF."""
    target, info = BytesIO(), PngImagePlugin.PngInfo()
    info.add_itxt("Author", ALL)
    info.add_itxt("Description", ALL, zip=True)
    info.add_text("Comment", CANARIES[0])
    picture().save(target, "PNG", pnginfo=info, exif=exif())
    return target.getvalue()


def webp() -> bytes:
    """EXIF and XMP."""
    target = BytesIO()
    picture().save(target, "WEBP", exif=exif().tobytes(), xmp=XMP)
    return target.getvalue()


COLOURS = ((200, 30, 30), (30, 200, 30), (30, 30, 200))
DURATIONS = (120, 340, 50)


def gif(loop: int | None = 3) -> bytes:
    """Three frames and a comment."""
    target = BytesIO()
    frames = [Image.new("RGB", (90, 60), colour) for colour in COLOURS]
    repeated = {} if loop is None else {"loop": loop}
    frames[0].save(
        target, "GIF", save_all=True, append_images=frames[1:], duration=DURATIONS, comment=ALL.encode(), **repeated
    )
    return target.getvalue()


def animated(kind: str) -> bytes:
    """Three frames in another format."""
    target = BytesIO()
    frames = [Image.new("RGB", (90, 60), colour) for colour in COLOURS]
    hidden = {"xmp": XMP} if kind == "WEBP" else {}
    frames[0].save(target, kind, save_all=True, append_images=frames[1:], duration=list(DURATIONS), loop=3, **hidden)
    return target.getvalue()


# Bombs and impostors


def bomb_png(side: int = 10_000) -> bytes:
    """A few bytes that claim to be a hundred megapixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def bomb_gif(side: int = 10_000) -> bytes:
    """A screen of a hundred megapixels with one pixel on it."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + frame + b";"


def bomb_webp() -> bytes:
    """A canvas of 268 megapixels, and nothing on it."""
    side = (16383).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + side + side


def bomb_jpeg(side: int = 10_000) -> bytes:
    """A header of a hundred megapixels."""
    frame = struct.pack(">BHHB", 8, side, side, 3) + b"\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


def endless_gif(frames: int = 20_000) -> bytes:
    """More frames than anybody looks at, each of one pixel."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + frame * frames + b";"


def zipped(parts: dict[str, str | bytes], comment: bytes = b"") -> bytes:
    """A zip of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def polyglot() -> bytes:
    """A GIF for pictures' readers and a zip for those who read from the end."""
    return gif() + zipped({"run.html": f"<script>{CANARIES[0]}</script>"})


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXECUTABLE = b"\x7fELF\x02\x01\x01" + b"\0" * 500
WINDOWS_PROGRAM = b"MZ\x90\x00" + b"\0" * 500
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


# PDF


def pdf() -> bytes:
    """Author, XMP, an attachment, scripts, notes, a stamp with a name, a photograph from a camera, maps, a bad link."""
    target = BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(300, 300))
        _hide_in_document(document)
        _hide_on_page(document, page.obj)
        document.save(target, compress_streams=False)
    return target.getvalue()


def _hide_in_document(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = ALL
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [ALL]
    document.attachments["secret.txt"] = pikepdf.AttachedFileSpec(document, ALL.encode(), filename=CANARIES[0])
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{ALL}')"))
    document.Root.OpenAction = script
    document.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), document.make_indirect(script)]))
    document.Root.Names.Dests = Dictionary(Names=Array([String("top"), Array([document.pages[0].obj, Name.Fit])]))
    document.Root.PrivateThing = String(ALL)
    item = document.make_indirect(
        Dictionary(Title=String("Chapter 1"), A=Dictionary(S=Name.JavaScript, JS=String(ALL)))
    )
    bookmarks = document.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
    item.Parent = bookmarks
    document.Root.Outlines = bookmarks


def _hide_on_page(document: pikepdf.Pdf, page: Dictionary) -> None:
    photograph = document.make_stream(jpeg(), camera_picture())
    drawing = document.make_stream(
        b"0 0 50 20 re f", Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 20]))
    )
    drawing.Metadata = document.make_stream(XMP)
    # In a dictionary within a dictionary, which has no number of its own.
    properties = Dictionary(MC0=Dictionary(Type=Name.OCG, Metadata=document.make_stream(XMP), Usage=_usage()))
    page.Resources = Dictionary(XObject=Dictionary(Im0=photograph, Fm0=drawing), Properties=properties)
    page.Contents = document.make_stream(b"q 200 0 0 200 0 0 cm /Im0 Do Q /Fm0 Do")
    page.PieceInfo = Dictionary(App=Dictionary(Private=String(ALL)))
    page.LastModified = String("D:20201231")
    page.VP = Array([Dictionary(Type=Name.Viewport, Name=String(ALL), Measure=Dictionary(GPTS=Array([36, 10])))])
    page.Annots = Array([document.make_indirect(note) for note in _notes(drawing)])


def camera_picture() -> Dictionary:
    """What a PDF says of a photograph."""
    return Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=900,
        Height=600,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def _usage() -> Dictionary:
    return Dictionary(CreatorInfo=Dictionary(Creator=String(ALL), Subtype=Name.Artwork))


def _notes(drawing: pikepdf.Stream) -> list[Dictionary]:
    def note(kind: Name, **more: object) -> Dictionary:
        return Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array([0, 0, 50, 20]), F=4, **more)

    return [
        note(Name.Text, Contents=String(ALL), T=String(ALL)),
        note(Name.Stamp, Contents=String(ALL), T=String(ALL), AP=Dictionary(N=drawing)),
        note(Name.Link, Contents=String(ALL), A=Dictionary(S=Name.URI, URI=String("https://example.org/"))),
        note(Name.Link, A=Dictionary(S=Name.URI, URI=String(f"file:///home/{CANARIES[0]}/x.pdf"))),
        note(Name.Link, A=Dictionary(S=Name.Launch, F=String(CANARIES[0]))),
        note(Name.Widget, FT=Name.Tx, T=String("name"), AP=Dictionary(N=drawing), AA=Dictionary(K=String(ALL))),
    ]


def encrypted_pdf(user: str = "y") -> bytes:
    """Protected by a password; with an empty one everybody may read it, but nobody may change it."""
    target = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(target, encryption=pikepdf.Encryption(owner="x", user=user))
    return target.getvalue()


def pdf_with(**keys: object) -> bytes:
    """A page and these keys in the catalogue."""
    target = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for key, value in keys.items():
            document.Root[f"/{key}"] = value
        document.save(target)
    return target.getvalue()


def pdf_with_note(**keys: object) -> bytes:
    """A page with an annotation."""
    target = BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        held = document.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **keys))
        page.obj.Annots = Array([held])
        document.save(target)
    return target.getvalue()


def bomb_pdf(size: int = 400_000_000) -> bytes:
    """A page whose content unpacks to hundreds of megabytes."""
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(b" " * 10_000_000) for _ in range(size // 10_000_000)) + packed.flush()
    target = BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.obj.Contents = document.make_stream(b"x")
        page.obj.Contents.write(data, filter=Name.FlateDecode)
        document.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return target.getvalue()
