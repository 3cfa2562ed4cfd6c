"""What is unpublished, restricted or withdrawn is gone from every surface in the same moment, whichever way it goes."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cases.actions import change_visibility, set_embargo
from chapters.models import EventsIndexPage, Featured, NewsIndexPage
from home.models import HomePage
from tests.factories import front, make_article, make_case, make_event, make_statement, publish

pytestmark = pytest.mark.django_db

TITLE = "Seventeen lanterns"
FACTS = {"title": TITLE, "countries": ["PE"], "themes": ["torture"]}
MAKERS: dict[str, Callable[..., Any]] = {
    "article": lambda: make_article(**FACTS, listed_on="1999-03-04"),
    "event": lambda: make_event(**FACTS, listed_on="1999-03-04"),
    "statement": lambda: make_statement(**FACTS, dated="1999-03-04"),
    "case": lambda: make_case(**FACTS, dated="1999-03-04"),
}
# What the archive and the map say without its title: its year, and the country that nothing else is about.
TRACES = (TITLE, "year=1999", "country=PE")


def restrict(item: Any, monkeypatch: Any) -> None:
    """A view restriction on the section that it stands in."""
    PageViewRestriction.objects.create(page=item.get_parent(), restriction_type="login")


def move(item: Any, monkeypatch: Any) -> None:
    """Into a section that is restricted already."""
    section = NewsIndexPage if item.register_type == "article" else EventsIndexPage
    target = section.objects.child_of(front("maghreb", "en")).get()
    PageViewRestriction.objects.create(page=target, restriction_type="login")
    item.move(target, pos="last-child")


def expire(item: Any, monkeypatch: Any) -> None:
    """An end that has been set passes."""
    end = timezone.now() + timedelta(hours=1)
    item.expire_at = end
    publish(item)
    monkeypatch.setattr(timezone, "now", lambda: end + timedelta(seconds=1))


WAYS: dict[str, Callable[[Any, Any], None]] = {
    "unpublished": lambda item, monkeypatch: item.unpublish(),
    "deleted": lambda item, monkeypatch: item.delete(),
    "restricted": restrict,
    "moved": move,
    "expired": expire,
    "hidden": lambda item, monkeypatch: change_visibility(item, "chapter"),
    "embargoed": lambda item, monkeypatch: set_embargo(item, timezone.now() + timedelta(days=1)),
}
TRIED = (
    *(("article", way) for way in ("unpublished", "deleted", "restricted", "moved", "expired")),
    *(("case", way) for way in ("unpublished", "deleted", "hidden", "embargoed", "expired")),
    ("event", "unpublished"),
    ("event", "moved"),
    ("statement", "deleted"),
    ("statement", "hidden"),
)


def shown_everywhere(item: Any) -> list[str]:
    """Everything that can name a thing names it; addresses of all of that, the thing's own last."""
    ref, type_name = item.get_ref(), item.register_type
    home = HomePage.objects.get(locale__language_code="en")
    nothing: dict[str, list[str]] = {name: [] for name in ("types", "kinds", "countries", "themes")}
    lead = {"type": "lead", "value": {"ref": ref, "introduction": ""}}
    home.front = json.dumps([lead, {"type": "map", "value": {"title": "", "filters": nothing}}])
    publish(home)
    chapter = front("mena")
    chapter.front = json.dumps([{"type": "featured", "value": {"title": "", "refs": [ref]}}])
    publish(chapter)
    section = NewsIndexPage.objects.child_of(front("world")).get()
    section.featured = [Featured(ref=ref, introduction="")]
    publish(section)
    make_statement(title="It mentions", countries=["TN"], body=json.dumps([{"type": "reference", "value": ref}]))
    plural = {"article": "news"}.get(type_name, f"{type_name}s")
    own = f"/en/cases/{ref}/" if type_name == "case" else ""
    own = f"/en/statements/seventeen-lanterns-{ref}/" if type_name == "statement" else own
    return [
        *("/en/", "/en/mena/", "/en/world/news/", "/en/tn/", f"/en/tn/{plural}/"),
        *(
            "/en/all/",
            "/en/all/?view=map",
            "/en/all/?q=lanterns",
            "/en/countries/PE/",
            "/en/themes/torture/",
            "/fr/all/",
        ),
        *(f"/en/feed.{form}?country=PE" for form in ("atom", "rss", "json")),
        *(["/en/events.ics"] if type_name == "event" else []),
        "/api/v3/entries/?facets=country&limit=100",
        f"/api/v3/{type_name}s/?country=PE",
        own or item.get_url(),
    ]


@pytest.mark.parametrize(("type_name", "way"), TRIED, ids=[f"{name} {way}" for name, way in TRIED])
def test_nothing_anywhere_tells_of_what_was_taken_away(
    client: Client, federation: object, monkeypatch: Any, type_name: str, way: str
) -> None:
    make_statement(title="Something else", countries=["FR"], dated="2015-01-01")
    item = MAKERS[type_name]()
    ref = item.get_ref()
    mentioned = make_statement(
        title="It cites", dated="2014-02-03", body=json.dumps([{"type": "reference", "value": ref}])
    )
    addresses = [*shown_everywhere(item), f"/en/statements/it-cites-{mentioned.ref}/"]
    silent = [address for address in addresses if TITLE not in client.get(address).content.decode()]
    assert silent == []
    traced = client.get("/en/all/?view=map").content.decode()
    assert all(trace in traced for trace in TRACES)
    # A sitemap has addresses only.
    path = addresses[-2]
    assert path in client.get("/en/sitemap-1.xml").content.decode()

    WAYS[way](item, monkeypatch)

    assert client.get(path).status_code in {404, 410, 302}
    telling = [
        (address, trace)
        for address in addresses
        for trace in TRACES
        if trace in client.get(address).content.decode()
        # Who asks for Peru may read "Peru".
        and not (trace == "country=PE" and "PE" in address)
    ]
    assert telling == []
    assert path not in client.get("/en/sitemap-1.xml").content.decode()
    assert "countries/PE/" not in client.get("/en/sitemap-lists.xml").content.decode()
    assert ref not in client.get("/api/v3/entries/?limit=100").content.decode()
    gone = client.get("/en/feed.json").json()["_federation"]["gone"]
    assert [one["ref"] for one in gone] == [ref]
