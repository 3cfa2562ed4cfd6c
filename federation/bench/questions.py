"""What is asked: each question's addresses, and beside it the ones of Wagtail's own API that tell the same."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from .load import Connection

NEWEST = "/api/v3/entries/?limit=20"
FILTERED = "/api/v3/entries/?country=TN&kind=news&order=-date&limit=20"
FACETS = "&".join(f"facets={name}" for name in ("type", "kind", "chapter", "country", "region", "theme", "year"))
V2_LIST = "/api/v2/pages/?type=chapters.ArticlePage&limit=20"
EMPTY = "/empty/"
# Pages of the site, by what a reader does.
PAGES = {
    "page: everything": "/en/all/",
    "page: country + kind": "/en/all/?country=TN&kind=news",
    "page: words": "/en/all/?q=harbour&country=TN",
    "page: with map": "/en/all/?view=map",
    "page: 50th": "/en/all/?page=50",
    "page: chapter's front": "/en/tn/",
    "feed of country + kind": "/en/feed.atom?country=TN&kind=news",
}
DEEP = 2000
SEVERAL = 200


@dataclass(frozen=True, slots=True)
class Question:
    """Something a reader asks. `against` names the question that its throughput is divided by."""

    name: str
    paths: list[str]
    against: str = ""


def questions(port: int) -> list[Question]:
    """All of them, on the data that the server at this port has."""
    connection = Connection(port)
    refs = _refs(connection)
    pages = _pages(connection)
    deep = _cursor_to(connection, DEEP)
    connection.close()
    return [
        Question("newest 20", [NEWEST], "v2 list"),
        Question("country + kind, page 1", [FILTERED], "v2 list"),
        Question("country + kind, offset 2000", [f"{FILTERED}&offset={DEEP}"], "v2 list"),
        Question("country + kind, 2000th by cursor", [f"{FILTERED}&cursor={deep}"], "v2 list"),
        Question("newest 20 with 7 facets", [f"{NEWEST}&{FACETS}"], "v2 list"),
        Question("detail by ref", [f"/api/v3/articles/{ref}/" for ref in refs], "v2 detail"),
        Question("v2 list", [V2_LIST]),
        Question("v2 detail", [f"/api/v2/pages/{page}/" for page in pages]),
        *(Question(name, [path], "empty view") for name, path in PAGES.items()),
        Question("empty view", [EMPTY]),
    ]


def _read(connection: Connection, path: str) -> dict:
    return dict(json.loads(connection.get(path)))


def _refs(connection: Connection) -> list[str]:
    """Refs of articles spread over the whole list."""
    total = _read(connection, "/api/v3/articles/?limit=1")["count"]
    steps = range(0, total, max(1, total // SEVERAL))
    return [
        _read(connection, f"/api/v3/articles/?limit=1&offset={step}")["items"][0]["ref"] for step in steps[:SEVERAL]
    ]


def _pages(connection: Connection) -> list[int]:
    """Page ids of articles, as v2 numbers them. RuntimeError when the two APIs do not have the same articles."""
    listed = _read(connection, f"{V2_LIST}&offset=0")
    ours = _read(connection, "/api/v3/articles/?limit=1")["count"]
    if listed["meta"]["total_count"] != ours:
        raise RuntimeError(f"v2 has {listed['meta']['total_count']} articles, v3 has {ours}.")
    first = listed["items"][0]["id"]
    return [first + step for step in range(0, ours, max(1, ours // SEVERAL))][:SEVERAL]


def _cursor_to(connection: Connection, number: int) -> str:
    """The cursor after so many items of the filtered list, reached as readers reach it: page by page."""
    path = FILTERED.replace("limit=20", "limit=100")
    cursor = ""
    for _ in range(number // 100):
        onwards = _read(connection, f"{path}&cursor={cursor}" if cursor else path)["next"]
        cursor = parse_qs(urlsplit(onwards).query)["cursor"][0]
    return cursor
