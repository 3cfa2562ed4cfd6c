"""A feed written as Atom (RFC 4287, 5005, 6721), RSS 2.0 or JSON Feed 1.1."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from html import escape
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from ..documents import moment
from .reading import Card, Feed, time_of
from .tombstones import entry_id

NAMESPACES = {
    "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
    "xmlns:fh": "http://purl.org/syndication/history/1.0",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def written(feed: Feed, form: str) -> bytes:
    """The bytes of a feed in one of FORMATS."""
    return FORMATS[form][1](feed)


def issued(card: Card) -> datetime | None:
    """The start of the day an item is listed under; None where no day is public (safety rule 7)."""
    if card["date_precision"] != "day":
        return None
    return datetime.combine(date.fromisoformat(card["date"]), time(0), UTC)


def _picture(card: Card) -> dict[str, Any] | None:
    several = (card["image"] or {}).get("renditions") or []
    return next((one for one in several if one["width"] >= 800), several[-1] if several else None)


def _authors(card: Card) -> list[str]:
    return [one["label"] for one in (card["owner"], *card["co_publishers"])]


def _tags(card: Card) -> list[str]:
    return [coded["label"] for coded in (card["kind"], *card["countries"], *card["themes"])]


class _Common(SyndicationFeed):
    """What both XML formats have in common; Django's own classes write the rest."""

    federation: Feed

    def latest_post_date(self) -> datetime:
        """Of what it says, not of the moment it is asked: the same list is the same bytes."""
        return self.federation.updated

    def item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """A date less precise than a day, and a picture: no element of either format has a place for them."""
        card = item["card"]
        if issued(card) is None:
            handler.addQuickElement("dcterms:issued", card["date"])
        if picture := _picture(card):
            size = {name: str(picture[name]) for name in ("width", "height")}
            handler.addQuickElement("media:thumbnail", "", {"url": picture["url"], **size})


class _Atom(_Common, Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        """Further vocabularies."""
        return {**super().root_attributes(), **NAMESPACES}  # type: ignore[dict-item]

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Who wrote it, where it goes on, and what is gone."""
        super().add_root_elements(handler)
        for name, address in self.federation.more.items():
            handler.addQuickElement("link", "", {"rel": name, "href": address})
        if self.federation.whole:
            handler.addQuickElement("fh:complete")
        for one in self.federation.gone:
            about = {"ref": entry_id(one.ref, one.locale), "when": moment(one.at)}
            handler.addQuickElement("at:deleted-entry", "", about)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Each item says its own language."""
        return {"xml:lang": item["card"]["locale"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Every publisher is an author."""
        super().add_item_elements(handler, item)
        for name in _authors(item["card"])[1:]:
            handler.startElement("author", {})  # type: ignore[arg-type]  # as Django calls it
            handler.addQuickElement("name", name)
            handler.endElement("author")
        self.item_elements(handler, item)


class _Rss(_Common, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        """Further vocabularies."""
        return {
            **super().rss_attributes(),  # type: ignore[dict-item]
            **NAMESPACES,
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Where it goes on."""
        super().add_root_elements(handler)
        for name, address in self.federation.more.items():
            handler.addQuickElement("atom:link", "", {"rel": name, "href": address})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """The item's language, and every publisher but the first, which Django has written."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["card"]["locale"])
        for name in _authors(item["card"])[1:]:
            handler.addQuickElement("dc:creator", name)
        self.item_elements(handler, item)


def _as_xml(kind: type[_Common]) -> Callable[[Feed], bytes]:
    def write(feed: Feed) -> bytes:
        heading = feed.heading
        xml = kind(
            title=heading.title,
            link=heading.page,
            description=heading.title,
            language=heading.lang,
            author_name=heading.author,
            feed_url=feed.itself,
            feed_guid=heading.address(),
        )
        xml.federation = feed
        for card in feed.items:
            xml.add_item(
                title=card["title"],
                link=card["url"],
                description=escape(card["summary"], quote=False),
                author_name=_authors(card)[0],
                pubdate=issued(card),
                updateddate=time_of(card["updated_at"]),
                unique_id=entry_id(card["ref"], card["locale"]),
                unique_id_is_permalink=False,
                categories=_tags(card),
                card=card,
            )
        return xml.writeString("utf-8").encode()

    return write


def _as_json(feed: Feed) -> bytes:
    heading = feed.heading
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": heading.title,
        "home_page_url": heading.page,
        "feed_url": feed.itself,
        "language": heading.lang,
        "authors": [{"name": heading.author}],
        **({"next_url": feed.more["next"]} if "next" in feed.more else {}),
        "items": [_json_item(card) for card in feed.items],
        # JSON Feed has no tombstones; its extensions begin with an underscore.
        "_federation": {"count": feed.count, "new": feed.new, "gone": [_json_gone(one) for one in feed.gone]},
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _json_item(card: Card) -> dict[str, Any]:
    picture, listed = _picture(card), issued(card)
    return {
        "id": entry_id(card["ref"], card["locale"]),
        "url": card["url"],
        "title": card["title"],
        "content_text": card["summary"] or card["title"],
        **({"summary": card["summary"]} if card["summary"] else {}),
        **({"image": picture["url"]} if picture else {}),
        **({"date_published": moment(listed)} if listed else {}),
        "date_modified": card["updated_at"],
        "authors": [{"name": name} for name in _authors(card)],
        "tags": _tags(card),
        "language": card["locale"],
        "_federation": {name: card[name] for name in ("ref", "type", "date", "date_precision", "api_url")},
    }


def _json_gone(one: Any) -> dict[str, Any]:
    return {**one._asdict(), "at": moment(one.at), "id": entry_id(one.ref, one.locale)}


# Ending of the address -> what it is sent as, and how it is written.
FORMATS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": ("application/atom+xml", _as_xml(_Atom)),
    "rss": ("application/rss+xml", _as_xml(_Rss)),
    "json": ("application/feed+json", _as_json),
}
