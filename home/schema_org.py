"""What machines read on a thing's page: schema.org, made of the register's document alone."""

from typing import Any

TYPES = {"article": "NewsArticle", "statement": "Article", "case": "Article", "event": "Event", "page": "WebPage"}


def described(document: dict[str, Any], base: str) -> dict[str, Any]:
    """A thing as schema.org knows it."""
    if document["type"] == "chapter":
        return _organisation(document, base)
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(document["type"], "CreativeWork"),
        "@id": base + document["url"],
        "url": base + document["url"],
        "inLanguage": document["locale"],
        "name" if document["type"] == "event" else "headline": document["title"],
    }
    if document["summary"]:
        value["description"] = document["summary"]
    if document.get("image") and document["image"]["renditions"]:
        value["image"] = _absolute(document["image"]["renditions"][-1]["url"], base)
    owner = {"@type": "Organization", "name": document["owner"]["label"]}
    if document["type"] == "event":
        value |= {"organizer": owner, **_when_and_where(document)}
    else:
        value |= {
            "publisher": owner,
            "author": [owner, *({"@type": "Organization", "name": one["label"]} for one in document["co_publishers"])],
            "datePublished": document["date"],
            "dateModified": document["updated_at"],
        }
    return value


def _when_and_where(document: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = {
        name: document[key] for name, key in (("startDate", "start"), ("endDate", "end")) if document.get(key)
    }
    mode = "OnlineEventAttendanceMode" if document["online"] and not document["place"] else "OfflineEventAttendanceMode"
    if document["online"] and document["place"]:
        mode = "MixedEventAttendanceMode"
    value["eventAttendanceMode"] = f"https://schema.org/{mode}"
    places: list[dict[str, Any]] = []
    if document["place"]:
        places.append({"@type": "Place", "name": document["place"], "address": document["place"]})
    if document["online"]:
        places.append({"@type": "VirtualLocation", "url": document["online"]})
    if places:
        value["location"] = places[0] if len(places) == 1 else places
    return value


def _organisation(document: dict[str, Any], base: str) -> dict[str, Any]:
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NGO",
        "@id": base + document["url"],
        "url": base + document["url"],
        "name": document["title"],
    }
    if document["founded"]:
        value["foundingDate"] = document["founded"]
    if document["contact"]["email"]:
        value["email"] = document["contact"]["email"]
    if document["parent"]:
        value["parentOrganization"] = {"@type": "NGO", "name": document["parent"]["label"]}
    return value


def _absolute(url: str, base: str) -> str:
    return url if "://" in url else base + url
