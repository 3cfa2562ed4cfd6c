"""Office files as their programs write them, with canaries wherever people, paths and former words are remembered."""

from .files import ALL, CANARIES, jpeg, png, zipped

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_AC = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"
_PATH = f"C:\\Users\\{CANARIES[0]}\\secret"


def _relations(*entries: tuple[str, str, str]) -> str:
    """Each: id, kind, target; a target with a colon is outside of the file."""
    inner = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for name, kind, target in entries
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def _types(main: str, *parts: str) -> str:
    inner = "".join(f'<Override PartName="{part}" ContentType="application/xml"/>' for part in (main, *parts))
    return f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>{inner}</Types>'


def _properties() -> dict[str, str | bytes]:
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dc = "http://purl.org/dc/elements/1.1/"
    return {
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="{dc}"><dc:creator>{ALL}</dc:creator>'
        f"<cp:lastModifiedBy>{ALL}</cp:lastModifiedBy></cp:coreProperties>",
        "docProps/app.xml": f"<Properties><Company>{ALL}</Company><Manager>{ALL}</Manager></Properties>",
        "docProps/custom.xml": f"<Properties><property name='{CANARIES[0]}'>{ALL}</property></Properties>",
        "docProps/thumbnail.jpeg": jpeg(),
        "customXml/item1.xml": f"<b>{ALL}</b>",
    }


def docx(changes: str = "") -> bytes:
    """Word: comment, who formatted what, a picture with its file's name, links to a disk, template, macros."""
    spaces = f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:pic="{_PIC}"'
    text = f"""<!-- {ALL} --><w:document {spaces}>
    <w:body><w:p w:rsidR="00AB12CD"><w:commentRangeStart w:id="0"/><w:r><w:rPr><w:b/>
    <w:rPrChange w:id="1" w:author="{ALL}" w:date="2020-01-01T00:00:00Z"><w:rPr/></w:rPrChange></w:rPr>
    <w:t>Public words</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>
    <w:p><w:hyperlink r:id="rDisk"><w:r><w:t>Words of a link to a disk</w:t></w:r></w:hyperlink>
    <w:hyperlink r:id="rWeb"><w:r><w:t>a link</w:t></w:r></w:hyperlink>
    <w:r><w:instrText>INCLUDETEXT "{_PATH}"</w:instrText></w:r></w:p>
    <w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="{CANARIES[0]}.jpg" descr="{_PATH}.jpg"/>
    <a:graphic><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="{CANARIES[0]}.jpg" descr="A gradient"/></pic:nvPicPr>
    <pic:blipFill><a:blip r:embed="rPicture"/></pic:blipFill></pic:pic></a:graphic></wp:inline></w:drawing></w:r></w:p>
    {changes}</w:body></w:document>"""
    parts = {
        "[Content_Types].xml": _types("/word/document.xml", "/word/comments.xml", "/word/people.xml"),
        "_rels/.rels": _relations(
            ("r1", "officeDocument", "word/document.xml"), ("r2", "custom", "docProps/custom.xml")
        ),
        "word/document.xml": text,
        "word/_rels/document.xml.rels": _relations(
            ("rComments", "comments", "comments.xml"),
            ("rPicture", "image", "media/image1.jpeg"),
            ("rDisk", "hyperlink", f"file:///C:/Users/{CANARIES[0]}/x.docx"),
            ("rWeb", "hyperlink", "https://example.org/"),
            ("rMacro", "vbaProject", "vbaProject.bin"),
        ),
        "word/settings.xml": f'<w:settings xmlns:w="{_W}" xmlns:r="{_OFFICE}"><w:attachedTemplate r:id="rT"/>'
        f'<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="a" w:val="{ALL}"/></w:docVars>'
        "</w:settings>",
        "word/_rels/settings.xml.rels": _relations(("rT", "attachedTemplate", f"file:///{CANARIES[0]}.dotx")),
        "word/comments.xml": f'<w:comments xmlns:w="{_W}"><w:comment w:author="{ALL}"/>{ALL}</w:comments>',
        "word/commentsExtended.xml": f"<x>{ALL}</x>",
        "word/people.xml": f"<p>{ALL}</p>",
        "word/media/image1.jpeg": jpeg(),
        "word/vbaProject.bin": ALL.encode(),
        "word/embeddings/oleObject1.bin": ALL.encode(),
    }
    return zipped({**parts, **_properties()}, comment=CANARIES[0].encode())


def tracked_docx() -> bytes:
    """A word that was deleted, and is still there."""
    return docx(f'<w:p><w:del w:author="{ALL}"><w:r><w:delText>{ALL}</w:delText></w:r></w:del></w:p>')


def xlsx(state: str = "visible", sheet_part: str = "") -> bytes:
    """Excel: path, who shared it, other workbooks, comments, pivot data, a printer."""
    book = f"""<workbook xmlns="{_X}" xmlns:r="{_OFFICE}" xmlns:x15ac="{_AC}">
    <fileSharing userName="{ALL}"/><x15ac:absPath url="{_PATH}"/>
    <sheets><sheet name="Data" sheetId="1" r:id="r1"/>
    <sheet name="Other" sheetId="2" state="{state}" r:id="r2"/></sheets>
    <externalReferences><externalReference r:id="r3"/></externalReferences>
    <pivotCaches><pivotCache cacheId="1" r:id="r4"/></pivotCaches></workbook>"""
    sheet = f"""<worksheet xmlns="{_X}" xmlns:r="{_OFFICE}"><sheetData><row r="1">
    <c r="A1" t="str"><v>Public words</v></c>
    <c r="B1"><f>[1]Sheet1!$A$1</f><v>7</v></c></row></sheetData>
    <hyperlinks><hyperlink ref="A1" r:id="rDisk"/></hyperlinks><legacyDrawing r:id="rVml"/>{sheet_part}</worksheet>"""
    return zipped(
        {
            "[Content_Types].xml": _types("/xl/workbook.xml", "/xl/comments1.xml"),
            "_rels/.rels": _relations(("r1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": _relations(
                ("r1", "worksheet", "worksheets/sheet1.xml"),
                ("r2", "worksheet", "worksheets/sheet2.xml"),
                ("r3", "externalLink", "externalLinks/externalLink1.xml"),
                ("r4", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
            ),
            "xl/worksheets/sheet1.xml": sheet,
            "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{_X}"><sheetData/></worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": _relations(
                ("rDisk", "hyperlink", f"file:///{CANARIES[0]}.xlsx"),
                ("rVml", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
                ("rComments", "comments", "../comments1.xml"),
                ("rPrinter", "printerSettings", "../printerSettings/printerSettings1.bin"),
            ),
            "xl/comments1.xml": f"<comments><authors><author>{ALL}</author></authors></comments>",
            "xl/drawings/vmlDrawing1.vml": f"<xml>{ALL}</xml>",
            "xl/printerSettings/printerSettings1.bin": ALL.encode("utf-16-le"),
            "xl/externalLinks/externalLink1.xml": f"<externalLink>{ALL}</externalLink>",
            "xl/pivotCache/pivotCacheDefinition1.xml": f'<p refreshedBy="{ALL}"/>',
            "xl/calcChain.xml": "<calcChain/>",
            **_properties(),
        }
    )


def pptx(show: str = "1") -> bytes:
    """PowerPoint: a speaker's notes, comments and who wrote them, a picture's name."""
    slide = f"""<p:sld xmlns:p="{_P}" xmlns:a="{_A}" xmlns:r="{_OFFICE}" show="{show}"><p:cSld><p:spTree><p:pic>
    <p:nvPicPr><p:cNvPr id="1" name="{CANARIES[0]}" title="{CANARIES[0]}.png"/></p:nvPicPr>
    <p:blipFill><a:blip r:embed="rPicture"/></p:blipFill></p:pic>
    <p:sp><p:txBody><a:p><a:r><a:t>Public words</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"""
    return zipped(
        {
            "[Content_Types].xml": _types("/ppt/presentation.xml", "/ppt/slides/slide1.xml"),
            "_rels/.rels": _relations(("r1", "officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{_P}" xmlns:r="{_OFFICE}"><p:sldIdLst>'
            '<p:sldId id="256" r:id="r1"/></p:sldIdLst><p:notesMasterIdLst><p:notesMasterId r:id="r2"/>'
            "</p:notesMasterIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": _relations(
                ("r1", "slide", "slides/slide1.xml"), ("r2", "notesMaster", "notesMasters/notesMaster1.xml")
            ),
            "ppt/slides/slide1.xml": slide,
            "ppt/slides/_rels/slide1.xml.rels": _relations(
                ("rPicture", "image", "../media/image1.png"), ("r2", "notesSlide", "../notesSlides/notesSlide1.xml")
            ),
            "ppt/media/image1.png": png(),
            "ppt/notesSlides/notesSlide1.xml": f"<n>{ALL}</n>",
            "ppt/notesMasters/notesMaster1.xml": f"<n>{ALL}</n>",
            "ppt/commentAuthors.xml": f"<n>{ALL}</n>",
            "ppt/comments/comment1.xml": f"<n>{ALL}</n>",
            **_properties(),
        }
    )


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:draw="{_ODF}:drawing:1.0" '
    f'xmlns:table="{_ODF}:table:1.0" xmlns:svg="{_ODF}:svg-compatible:1.0" xmlns:manifest="{_ODF}:manifest:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:officeooo="http://openoffice.org/2009/office"'
)


def odt(kind: str = "text", changes: str = "", encrypted: bool = False) -> bytes:
    """OpenDocument: author, comment, paths, settings with a printer, an older version, macros, a thumbnail."""
    text = f"""<office:document-content {_SPACES}><office:scripts>{ALL}</office:scripts>
    <office:body><office:text>{changes}
    <text:p officeooo:rsid="0012"><text:span>Public words</text:span><office:annotation><dc:creator>{ALL}</dc:creator>
    <dc:date>2020-01-01</dc:date><text:p>{ALL}</text:p></office:annotation> after the comment</text:p>
    <text:p><text:a xlink:href="file:///home/{CANARIES[0]}/x.odt">Words of a link to a disk</text:a>
    <text:a xlink:href="https://example.org/">a link</text:a></text:p>
    <draw:frame draw:name="{CANARIES[0]}.jpg"><draw:image xlink:href="Pictures/1.jpg"/>
    <svg:title>{CANARIES[0]}.jpg</svg:title><svg:desc>A gradient</svg:desc></draw:frame>
    <draw:frame><draw:image xlink:href="../../{CANARIES[0]}/2.jpg"/></draw:frame>
    </office:text></office:body></office:document-content>"""
    inner = "<manifest:encryption-data/>" if encrypted else ""
    manifest = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="x">{inner}</manifest:file-entry>'
        for path in ("/", "content.xml", "meta.xml", "settings.xml", "Pictures/1.jpg", "Thumbnails/thumbnail.png")
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": text,
            "styles.xml": f"<office:document-styles {_SPACES}/>",
            "meta.xml": f"<office:document-meta {_SPACES}><dc:creator>{ALL}</dc:creator></office:document-meta>",
            "settings.xml": f"<office:document-settings {_SPACES}>{ALL}</office:document-settings>",
            "META-INF/manifest.xml": f"<manifest:manifest {_SPACES}>{manifest}</manifest:manifest>",
            "META-INF/documentsignatures.xml": f"<x>{ALL}</x>",
            "Pictures/1.jpg": jpeg(),
            "Thumbnails/thumbnail.png": png(),
            "Versions/Version1": ALL.encode(),
            "Basic/Standard/script.xml": f"<x>{ALL}</x>",
        }
    )


def tracked_odt() -> bytes:
    """A word that was deleted, and is still there."""
    return odt(
        changes=f"<text:tracked-changes><text:changed-region><text:deletion>{ALL}</text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
