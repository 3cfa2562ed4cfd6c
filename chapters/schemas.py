"""The public shapes of texts, as the API's document describes them: a list of blocks, told apart by `type`."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field


class FederationRendition(Schema):
    """A picture in one size, ready to use."""

    url: str
    width: int
    height: int
    type: str


class FederationFocalPoint(Schema):
    """Where the eye should rest, as fractions of width and height from the top left."""

    x: float
    y: float


class FederationImage(Schema):
    """A picture; `alt` is in the language of the document it stands in."""

    alt: str
    credit: str
    width: int
    height: int
    focal_point: FederationFocalPoint | None = None
    renditions: list[FederationRendition]


class FederationDocument(Schema):
    """A file for download: media type, size in bytes, language (BCP 47, empty if unknown)."""

    title: str
    url: str
    type: str
    size: int
    language: str


class FederationMention(Schema):
    """Another thing, named only while it is public."""

    ref: str
    type: str
    title: str
    locale: str
    url: str


class FederationNumberedItem(Schema):
    """An item with its number as typed."""

    number: str
    html: str


class FederationBlock(Schema):
    """What every block has."""

    id: str


class FederationParagraphBlock(FederationBlock):
    """Clean HTML; internal links carry `data-ref`."""

    type: Literal["paragraph"]
    html: str


class FederationHeadingBlock(FederationBlock):
    """A heading, level 2 to 4."""

    type: Literal["heading"]
    text: str
    level: int
    anchor: str


class FederationQuoteBlock(FederationBlock):
    """Somebody's words."""

    type: Literal["quote"]
    text: str
    source: str


class FederationImageBlock(FederationBlock):
    """A picture in the text."""

    type: Literal["image"]
    image: FederationImage
    caption: str


class FederationDocumentBlock(FederationBlock):
    """A file for download."""

    type: Literal["document"]
    document: FederationDocument


class FederationListBlock(FederationBlock):
    """A list with numbers as typed."""

    type: Literal["list"]
    title: str
    anchor: str
    items: list[FederationNumberedItem]


class FederationQuestionBlock(FederationBlock):
    """A question, its answer (HTML), and numbered points."""

    type: Literal["question_and_answer"]
    question: str
    anchor: str
    answer: str
    items: list[FederationNumberedItem]


class FederationReferenceBlock(FederationBlock):
    """A case or statement by ref; `target` is null while it is not public."""

    type: Literal["reference"]
    ref: str
    target: FederationMention | None = None


class FederationGlossaryTermBlock(FederationBlock):
    """A term of the glossary."""

    type: Literal["glossary_term"]
    term: str
    acronym: str
    anchor: str
    definition: str


class FederationClause(Schema):
    """A clause; `anchor` is its permalink."""

    number: str
    anchor: str
    html: str


class FederationStatuteArticle(Schema):
    """An article of a statute."""

    number: str
    title: str
    anchor: str
    html: str
    clauses: list[FederationClause]


class FederationStatuteChapter(Schema):
    """A chapter of a statute."""

    number: str
    title: str
    anchor: str
    html: str
    articles: list[FederationStatuteArticle]


class FederationStatuteBlock(FederationBlock):
    """A statute or any part of one."""

    type: Literal["statute"]
    title: str
    version: str
    dated: str
    anchor: str
    chapters: list[FederationStatuteChapter]


FederationBodyBlock = Annotated[
    FederationParagraphBlock
    | FederationHeadingBlock
    | FederationQuoteBlock
    | FederationImageBlock
    | FederationDocumentBlock
    | FederationListBlock
    | FederationQuestionBlock
    | FederationReferenceBlock
    | FederationGlossaryTermBlock
    | FederationStatuteBlock,
    Field(discriminator="type"),
]


class FederationArticleDocument(Schema):
    """What an article has beyond the common fields."""

    body: list[FederationBodyBlock]
    related: list[FederationMention]


class FederationOrganiser(Schema):
    """An organisation behind an event."""

    name: str
    url: str


class FederationEventCard(Schema):
    """When and where: times in UTC, `time_zone` from the IANA database."""

    start: str | None = None
    end: str | None = None
    time_zone: str
    place: str
    online: str


class FederationEventDocument(FederationArticleDocument):
    """What an event has beyond the common fields and its card."""

    organisers: list[FederationOrganiser]
    partners: list[FederationOrganiser]


class FederationPageDocument(Schema):
    """The text of a page."""

    body: list[FederationBodyBlock]


class FederationCoded(Schema):
    """A code with its label."""

    code: str
    label: str


class FederationChapterCard(Schema):
    """What a chapter is, in a list."""

    level: str
    parent: FederationCoded | None = None
    status: str


class FederationContact(Schema):
    """How to reach the chapter's office."""

    email: str
    telephone: str
    address: str
    website: str


class FederationFeatured(FederationMention):
    """Another chapter's thing, featured in a section."""

    introduction: str
    owner: FederationCoded


class FederationSection(Schema):
    """A section of a chapter: the type it lists (empty for a page of text), and what it features."""

    type: str
    title: str
    introduction: str
    url: str
    featured: list[FederationFeatured]


class FederationLink(Schema):
    """A link and its words."""

    text: str
    url: str


class FederationSettings(Schema):
    """What surrounds a chapter's pages in one language: its own, else that of the nearest chapter above."""

    name: str
    strapline: str
    logo: FederationImage | None = None
    colour: str
    accent_colour: str
    menu: list[FederationLink]
    links: list[FederationLink]
    footer: str
    footer_links: list[FederationLink]


class FederationLeadPart(FederationBlock):
    """What stands first; without a target the newest thing that has a picture."""

    type: Literal["lead"]
    target: FederationMention | None = None
    introduction: str


class FederationFeaturedPart(FederationBlock):
    """Things chosen by hand."""

    type: Literal["featured"]
    title: str
    items: list[FederationMention]


class FederationNewestPart(FederationBlock):
    """The newest of a filter: parameters of a list."""

    type: Literal["newest"]
    title: str
    filters: dict[str, list[str]]
    limit: int


class FederationChaptersBelowPart(FederationBlock):
    """The chapters below this one."""

    type: Literal["chapters_below"]
    title: str


class FederationCallToActionPart(FederationBlock):
    """What a reader can do."""

    type: Literal["call_to_action"]
    title: str
    text: str
    links: list[FederationLink]


class FederationTextPart(FederationBlock):
    """A short text, as clean HTML."""

    type: Literal["text"]
    title: str
    html: str


class FederationMapPart(FederationBlock):
    """A map of the world: the country facet of a list with these parameters."""

    type: Literal["map"]
    title: str
    filters: dict[str, list[str]]


FederationFrontPart = Annotated[
    FederationLeadPart
    | FederationFeaturedPart
    | FederationNewestPart
    | FederationChaptersBelowPart
    | FederationCallToActionPart
    | FederationTextPart
    | FederationMapPart,
    Field(discriminator="type"),
]


class FederationChapterDocument(FederationPageDocument):
    """A chapter with its front, its settings, sections and contact."""

    front: list[FederationFrontPart]
    settings: FederationSettings
    names: dict[str, str]
    path: str
    children: list[FederationCoded]
    languages: list[str]
    founded: str
    contact: FederationContact
    colour: str
    accent_colour: str
    logo: FederationImage | None = None
    sections: list[FederationSection]
