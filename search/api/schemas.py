"""Public shapes of the register's answers. Names begin with Federation: components are global in the document."""

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from ..types import ContentType


class FederationCode(Schema):
    """A coded value with its label in the language of the item."""

    code: str
    label: str


class FederationTranslation(Schema):
    """A language in which the thing is public too."""

    locale: str
    title: str
    original: bool
    url: str
    api_url: str


class FederationPicture(Schema):
    """A picture: `alt` in the item's language, renditions smallest first."""

    alt: str
    credit: str
    width: int
    height: int
    focal_point: dict[str, float] | None = None
    renditions: list[dict[str, Any]]


class FederationItem(Schema):
    """A thing as a list shows it."""

    ref: str = Field(description="Short name, the same in every language, for ever.")
    type: str = Field(description="What it is to the system.")
    kind: FederationCode = Field(description="What readers call it.")
    locale: str = Field(description="Language of this row, BCP 47.")
    dir: Literal["ltr", "rtl"]
    translations: list[FederationTranslation]
    title: str
    summary: str
    date: str = Field(description="Day it is listed under, as precise as is public: 2015-11-24, 2015-11 or 2015.")
    date_precision: Literal["day", "month", "year"]
    updated_at: str = Field(description="UTC, ISO 8601.")
    owner: FederationCode = Field(description="Chapter that owns it.")
    co_publishers: list[FederationCode]
    countries: list[FederationCode] = Field(description="ISO 3166-1 alpha-2; none: global.")
    themes: list[FederationCode]
    image: FederationPicture | None = None
    url: str = Field(description="Address on the site.")
    api_url: str


class FederationDetail(Schema):
    """What every detail has beyond a list's row."""

    published_at: str = Field(description="First publication, UTC.")


class FederationFacetValue(Schema):
    """A facet value: `count` is the length of the list that it would give."""

    value: str
    label: str
    count: int


class FederationList(Schema):
    """The envelope of a list."""

    count: int = Field(description="Things found.")
    new: int = Field(description="Of these, listed from 7 days before `as_of` up to `as_of`, both ends counted.")
    next: str | None = None
    previous: str | None = None
    facets: dict[str, list[FederationFacetValue]] | None = None


class FederationAnyItem(FederationItem):
    """An item of any type, with what its type adds."""

    model_config = ConfigDict(extra="allow")


class FederationAnyDetail(FederationItem, FederationDetail):
    """A detail of any type; the typed address describes it in full."""

    model_config = ConfigDict(extra="allow")


class FederationEntryList(FederationList):
    """Things of every type."""

    items: list[FederationAnyItem]


class FederationSegment(Schema):
    """A piece of plain text, and whether it is what was looked for."""

    text: str
    marked: bool


class FederationHighlights(Schema):
    """Where the words stand; an excerpt may be of another language, if the words are only there."""

    title: list[FederationSegment]
    excerpt: list[FederationSegment]
    excerpt_locale: str
    excerpt_dir: Literal["ltr", "rtl"]


class FederationHit(FederationAnyItem):
    """A thing that was found, once, in the best of its languages for the reader."""

    highlights: FederationHighlights


class FederationSearch(Schema):
    """One page of what was found."""

    count: int = Field(description="Things found, each once whatever its translations.")
    next: str | None = None
    previous: str | None = None
    degraded: bool = Field(description="Another engine than the usual one has answered; nothing is missing.")
    did_you_mean: str | None = Field(
        description="When nothing was found: a question spelt nearly alike that does find."
    )
    items: list[FederationHit]
    facets: dict[str, list[FederationFacetValue]] | None = None


class FederationSuggestion(Schema):
    """What somebody may mean: a title, or a value to filter by."""

    kind: Literal["title", "theme", "country", "chapter"]
    text: str
    locale: str = Field(description="Language of the text.")
    value: str = Field(description="The ref of a thing, else the code to filter by.")
    url: str | None = Field(None, description="Of a thing: its address.")


class FederationSuggestions(Schema):
    """Suggestions, the best first."""

    items: list[FederationSuggestion]


class FederationProblem(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None = None
    suggestion: str | None = None


class FederationSyncItem(Schema):
    """One state: `put` says that there is something newer to fetch, `gone` that it is to be deleted."""

    what: Literal["put", "gone"]
    sequence: int
    type: str
    ref: str
    locale: str
    at: str
    url: str | None = None
    api_url: str | None = None


class FederationSync(Schema):
    """A stretch of the change log."""

    items: list[FederationSyncItem]
    next_token: str
    more: bool


class FederationSearchHealth(Schema):
    """Which engine searches, whether another one has to stand in for it, and how far its index is behind."""

    engine: str
    degraded: bool
    changes_behind: int
    seconds_behind: float


class FederationHealth(Schema):
    """How the service is."""

    status: Literal["ok", "degraded"]
    search: FederationSearchHealth


class FederationTerm(Schema):
    """A term of a vocabulary; `labels` by language."""

    model_config = ConfigDict(extra="allow")

    code: str
    labels: dict[str, str]


class FederationVocabulary(Schema):
    """A vocabulary."""

    count: int
    items: list[FederationTerm]


def list_schema(content_type: ContentType) -> type[Schema]:
    """The envelope of one type."""
    name = content_type.name.title()
    item = create_model(f"Federation{name}", __base__=(FederationItem, content_type.card_schema))
    fields: Any = {"items": (list[item], ...)}  # type: ignore[valid-type]
    return create_model(f"Federation{name}List", __base__=FederationList, **fields)


def detail_schema(content_type: ContentType) -> type[Schema]:
    """The detail of one type."""
    bases = (FederationItem, FederationDetail, content_type.card_schema, content_type.document_schema)
    return create_model(f"Federation{content_type.name.title()}Detail", __base__=bases)
