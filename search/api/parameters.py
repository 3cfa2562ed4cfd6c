"""The parameters of lists and details, described for the API's document."""

from typing import Any

from ..query import FACETS, LIMIT, MOST, orders_of
from ..types import ContentType
from ..words import LONGEST

Parameter = dict[str, Any]

Q = "Words, all of which a thing must have, in any of its forms; “phrases”, -without, prefix*. Labels count too."


def parameter(name: str, description: str, *, several: bool = False, **schema: Any) -> Parameter:
    """One query parameter; `several` may be repeated, never separated by commas."""
    one = {"type": "string", **schema}
    more: Parameter = {"style": "form", "explode": True} if several else {}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "array", "items": one} if several else one,
        **more,
    }


LANGUAGES = [
    parameter(
        "locale", "Only what exists in this language; several are a chain of preference.", several=True, example="fr"
    ),
    parameter("fallback", "What may stand in where the language is missing; * is any.", several=True, example="*"),
]
FIELDS = parameter("fields", "Only these keys of each item.", several=True, example="title")


def list_parameters(content_type: ContentType | None, types: list[str]) -> list[Parameter]:
    """What a list takes: all of it optional, anything else a 400."""
    extra = content_type.facets if content_type else {}
    default = content_type.order if content_type else "-date"
    return [
        parameter("type", "What a thing is to the system.", several=True, enum=types),
        parameter("kind", "What readers call it: a code of kinds/.", several=True, example="press-release"),
        parameter("chapter", "Owned or co-published by this chapter or one below it.", several=True, example="tn"),
        parameter("owner", "Owned by exactly this chapter.", several=True, example="tn"),
        parameter("country", "ISO 3166-1 alpha-2; `global` for what has none.", several=True, example="TN"),
        parameter("region", "A code of regions/; `none` for what is in none.", several=True, example="mena"),
        parameter(
            "theme",
            "A code of themes/, with everything below it; `none` for what has none.",
            several=True,
            example="torture",
        ),
        *(parameter(name, f"The {name} of a {content_type.name}.", several=True) for name in extra if content_type),
        *LANGUAGES,
        parameter("year", "Listed under a day of this year.", several=True, example="2015", pattern="^[0-9]{4}$"),
        parameter("date_from", "Listed on or after this day.", format="date"),
        parameter("date_to", "Listed on or before this day.", format="date"),
        parameter("new", "true: only what is new.", enum=["true", "false"]),
        parameter("as_of", "The day that “new” counts back from; today.", format="date", example="2015-11-24"),
        parameter("q", Q, maxLength=LONGEST),
        parameter("order", f"Default {default}.", enum=[*orders_of(content_type)], default=default),
        parameter("limit", "Items on a page.", type="integer", minimum=1, maximum=MOST, default=LIMIT),
        parameter("cursor", "Where to go on: from `next` or `previous`, never made by hand."),
        parameter("offset", "Skip so many; not with a cursor.", type="integer", minimum=0, default=0),
        FIELDS,
        parameter("facets", "Count the values of these.", several=True, enum=[*FACETS, *extra]),
    ]


SYNC = [
    parameter("since", "`next_token` of the answer before; none: from the beginning."),
    parameter("limit", "Lines of the log.", type="integer", minimum=1, maximum=1000, default=100),
]


def search_parameters(types: list[str]) -> list[Parameter]:
    """What a search takes: what lists take, with an order of its own and no cursor."""
    order = parameter("order", "Best first, or by date.", enum=["relevance", "-date", "date"], default="relevance")
    listed = [one for one in list_parameters(None, types) if one["name"] not in {"order", "cursor"}]
    return [*listed, order]


SUGGEST = [
    parameter("q", "What has been typed so far; typing errors are forgiven.", maxLength=LONGEST),
    parameter("locale", "The reader's language.", example="fr"),
    parameter("limit", "At most so many.", type="integer", minimum=1, maximum=20, default=8),
]
