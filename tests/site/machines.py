"""What machines read, read by parsers that are not ours."""

from typing import Any
from urllib.parse import urlsplit

import feedparser
from django.test import Client
from lxml import etree

BASE = "http://127.0.0.1:8000"
FORMS = ("atom", "rss", "json")


def path_of(address: str) -> str:
    """An address of ours from the root."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == BASE
    return parts.path + (f"?{parts.query}" if parts.query else "")


def walked(client: Client, path: str, form: str) -> list[tuple[str, str]]:
    """(id, title) of every item of a feed, from its first page to its last."""
    found: list[tuple[str, str]] = []
    while path:
        response = client.get(path)
        assert response.status_code == 200, response.content
        items, onwards = (_of_json if form == "json" else _of_xml)(response)
        assert items or not found
        found += items
        path = path_of(onwards) if onwards else ""
    return found


def _of_json(response: Any) -> tuple[list[tuple[str, str]], str]:
    value = response.json()
    return [(item["id"], item["title"]) for item in value["items"]], value.get("next_url", "")


def _of_xml(response: Any) -> tuple[list[tuple[str, str]], str]:
    read = parsed(response)
    onwards = [link.href for link in read.feed.links if link.rel == "next"]
    return [(entry.id, entry.title) for entry in read.entries], onwards[0] if onwards else ""


def parsed(response: Any) -> Any:
    """A feed as feedparser reads it; what is not well-formed fails."""
    read = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not read.bozo, read.get("bozo_exception")
    return read


def xml(response: Any) -> Any:
    """The root element."""
    return etree.fromstring(response.content)
