"""Feeds and calendars: every list for machines that come back, read by other people's parsers."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from search import register
from search.feeds.tombstones import entry_id
from search.models import Change
from tests.factories import make_article, make_case, make_event, make_statement, translate

from .invented import published
from .machines import BASE, FORMS, parsed, path_of, walked, xml
from .pages import look

pytestmark = pytest.mark.django_db

ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
}


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """Every test here has chapters."""


def calendar(client: Client, path: str) -> Any:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return IcsCalendarStream.calendar_from_ics(response.content.decode())


def test_a_feed_in_each_format_says_what_the_list_says(client: Client) -> None:
    case = make_case(title="A <baker> & his court", summary="1 < 2 & 3", countries=["TN"], themes=["fair-trial"])
    statement = make_statement(chapter="fr", lang="fr", title="Lettre", dated="2015-10", kind_id="open-letter")
    atom = parsed(client.get("/en/feed.atom"))
    assert (atom.version, atom.feed.title, atom.feed.language) == ("atom10", "Federation", "en")
    assert (atom.feed.link, atom.feed.id) == (f"{BASE}/en/all/", f"{BASE}/en/feed.atom")
    first, second = atom.entries
    assert (first.id, first.title, first.link) == (
        entry_id(case.ref, "en"), "A <baker> & his court", f"{BASE}/en/cases/{case.ref}/",
    )  # fmt: skip
    assert (first.summary, first.author, first.published) == (
        "1 &lt; 2 &amp; 3", "Tunisia", "2015-11-22T00:00:00+00:00",
    )  # fmt: skip
    assert [tag.term for tag in first.tags] == ["Case", "Tunisia", "Fair trial"]
    # No surface is finer than what is public.
    assert second.published == "2015-10"
    entries = xml(client.get("/en/feed.atom")).findall("a:entry", ATOM)
    assert [entry.get("{http://www.w3.org/XML/1998/namespace}lang") for entry in entries] == ["en", "fr"]
    rss = parsed(client.get("/en/feed.rss"))
    assert rss.version == "rss20"
    assert [(e.id, e.title, e.link, e.language) for e in rss.entries] == [
        (first.id, first.title, first.link, "en"), (second.id, second.title, second.link, "fr"),
    ]  # fmt: skip
    assert (rss.entries[0].published, rss.entries[1].published) == ("Sun, 22 Nov 2015 00:00:00 +0000", "2015-10")
    value = client.get("/en/feed.json").json()
    assert {name: value[name] for name in ("version", "title", "home_page_url", "feed_url", "language")} == {
        "version": "https://jsonfeed.org/version/1.1", "title": "Federation", "home_page_url": f"{BASE}/en/all/",
        "feed_url": f"{BASE}/en/feed.json", "language": "en",
    }  # fmt: skip
    assert value["items"][1] == {
        "id": entry_id(statement.ref, "fr"),
        "url": f"{BASE}/fr/statements/lettre-{statement.ref}/",
        "title": "Lettre",
        "content_text": "Two bills.",
        "summary": "Two bills.",
        "date_modified": value["items"][1]["date_modified"],
        "authors": [{"name": "France"}],
        "tags": ["Lettre ouverte"],
        "language": "fr",
        "_federation": {
            "ref": statement.ref, "type": "statement", "date": "2015-10", "date_precision": "month",
            "api_url": f"{BASE}/api/v3/statements/{statement.ref}/",
        },
    }  # fmt: skip
    assert value["_federation"] == {"count": 2, "new": 0, "gone": []}


def test_a_feed_says_which_list_it_is_and_leads_to_its_page(client: Client) -> None:
    make_statement(title="One", countries=["TN"], kind_id="report")
    path = "/fr/feed.atom?type=statement&country=TN&kind=report"
    feed = parsed(client.get(path)).feed
    assert feed.title == "Fédération: Déclarations · Tunisie · Rapport"
    assert path_of(feed.link) == "/fr/statements/?country=TN&kind=report"
    assert [path_of(link.href) for link in feed.links if link.rel == "self"] == [path]
    assert look(client, path_of(feed.link)).titles == ["One"]


@pytest.mark.parametrize("form", FORMS)
def test_a_long_list_goes_on_from_page_to_page(client: Client, form: str) -> None:
    titles = [make_statement(title=f"Number {number}").title for number in range(5)]
    found = walked(client, f"/en/feed.{form}?type=statement&limit=2", form)
    assert [title for _, title in found] == titles[::-1]
    assert len(set(found)) == 5


def test_a_feed_that_has_everything_says_so(client: Client) -> None:
    make_statement(title="One")
    make_statement(title="Two")
    whole, part = (xml(client.get(path)) for path in ("/en/feed.atom", "/en/feed.atom?limit=1"))
    assert (len(whole.findall("fh:complete", ATOM)), len(part.findall("fh:complete", ATOM))) == (1, 0)
    relations = [link.get("rel") for link in part.findall("a:link", ATOM)]
    assert relations == ["alternate", "self", "first", "next"]


def test_what_was_withdrawn_is_told_to_those_who_may_have_it(client: Client) -> None:
    kept = make_statement(title="Stays", countries=["TN"])
    gone = make_statement(title="Goes", countries=["TN"], kind_id="report")
    translate(gone, "fr")
    make_case(title="A case").unpublish()
    gone.unpublish()
    line = Change.objects.filter(ref=gone.ref, what="withdrawn", locale="en").get()
    root = xml(client.get("/en/feed.atom?type=statement&country=TN"))
    deleted = [(one.get("ref"), one.get("when")) for one in root.findall("at:deleted-entry", ATOM)]
    when = line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert sorted(deleted) == sorted([(entry_id(gone.ref, "en"), when), (entry_id(gone.ref, "fr"), when)])
    assert [e.id for e in parsed(client.get("/en/feed.atom?type=statement&country=TN")).entries] == [
        entry_id(kept.ref, "en")
    ]
    value = client.get("/en/feed.json?type=statement&locale=en").json()
    # Type, ref, language, number and time: nothing of what it was.
    assert value["_federation"]["gone"] == [
        {"type": "statement", "ref": gone.ref, "locale": "en", "sequence": line.sequence, "at": when,
         "id": entry_id(gone.ref, "en")},
    ]  # fmt: skip
    assert "Goes" not in json.dumps(value)


def test_what_comes_back_is_no_longer_gone_and_what_never_was_leaves_no_trace(client: Client) -> None:
    item = make_statement(title="There and back")
    make_statement(live=False, title="Never")
    item.unpublish()
    assert len(client.get("/en/feed.json").json()["_federation"]["gone"]) == 1
    item.save_revision().publish()
    value = client.get("/en/feed.json").json()
    assert ([one["title"] for one in value["items"]], value["_federation"]["gone"]) == (["There and back"], [])


def test_what_has_ended_by_the_clock_is_gone_too(client: Client, monkeypatch: Any) -> None:
    end = timezone.now() + timedelta(hours=1)
    item = make_statement(title="For an hour", expire_at=end)
    assert len(client.get("/en/feed.json").json()["items"]) == 1
    monkeypatch.setattr(timezone, "now", lambda: end + timedelta(seconds=1))
    value = client.get("/en/feed.json").json()
    assert (value["items"], [one["ref"] for one in value["_federation"]["gone"]]) == ([], [item.ref])


@pytest.mark.parametrize(
    "path", ["/en/feed.atom", "/en/feed.rss", "/en/feed.json", "/en/events.ics", "/en/sitemap-1.xml"]
)
def test_machines_ask_whether_anything_is_new(client: Client, path: str) -> None:
    event = make_event(title="Assembly")
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in first.headers
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_article(chapter="fr", lang="fr", title="Nouvelle")
    event.unpublish()
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", ["/en/feed.atom?kind=raport", "/en/events.ics?kind=raport"])
def test_a_wrong_filter_is_a_problem_that_says_which(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert {name: response.json()[name] for name in ("parameter", "suggestion")} == {
        "parameter": "kind", "suggestion": "report",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/en/feed.atom?facets=kind", "/en/events.ics?limit=2", "/en/events.ics?type=case", "/en/feed.rss?page=2"]
)
def test_what_an_address_does_without_is_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_every_list_says_where_its_feeds_are(client: Client) -> None:
    make_event(title="Assembly", countries=["TN"])
    for path, pairs, events in (
        ("/en/", "", "/en/events.ics"),
        ("/en/tn/", "?chapter=tn", "/en/events.ics?chapter=tn"),
        ("/fr/tn/events/", "?type=event&chapter=tn", "/fr/events.ics?chapter=tn"),
        ("/en/countries/TN/", "?country=TN", "/en/events.ics?country=TN"),
        ("/en/themes/torture/", "?theme=torture", "/en/events.ics?theme=torture"),
        ("/en/statements/?country=TN", "?type=statement&country=TN", ""),
        ("/en/all/?q=boat&view=map&page=1", "?q=boat", "/en/events.ics?q=boat"),
    ):
        page, lang = look(client, path), path[1:3]
        links = {link["type"]: link["href"] for link in page.html.select("link[rel=alternate][type]") if link["type"]}
        wanted = {f"application/{form}": f"/{lang}/feed.{form.split('+')[0].replace('feed', 'json')}{pairs}"
                  for form in ("atom+xml", "rss+xml", "feed+json")}  # fmt: skip
        assert links == {**wanted, **({"text/calendar": events} if events else {})}, path
        assert all(client.get(str(address)).status_code == 200 for address in links.values())


def test_a_calendar_has_each_event_in_its_own_time_zone(client: Client) -> None:
    start = datetime(2030, 5, 3, 9, tzinfo=UTC)
    event = make_event(
        title="Assembly, open; to all", summary="Two days.", place="Tunis", online="https://meet.example.org/a",
        start=start, end=start + timedelta(hours=30), time_zone="Africa/Tunis", countries=["TN"],
    )  # fmt: skip
    make_event(chapter="fr", lang="fr", title="Réunion", start=start - timedelta(days=9000), time_zone="Europe/Paris")
    make_case(title="No event")
    found = calendar(client, "/en/events.ics")
    one, other = found.events
    assert (one.summary, one.description, one.location) == ("Assembly, open; to all", "Two days.", "Tunis")
    assert one.url == f"{BASE}{event.get_url()}"
    assert (one.dtstart, one.dtend) == (start, start + timedelta(hours=30))
    assert one.dtstart.utcoffset() == timedelta(hours=1)
    assert other.dtstart.astimezone(ZoneInfo("Europe/Paris")).replace(tzinfo=None) == other.dtstart.replace(tzinfo=None)
    assert sorted(zone.tz_id for zone in found.timezones) == ["Africa/Tunis", "Europe/Paris"]
    assert [e.summary for e in calendar(client, "/en/events.ics?country=TN").events] == ["Assembly, open; to all"]
    event.unpublish()
    assert [e.summary for e in calendar(client, "/en/events.ics").events] == ["Réunion"]


def test_a_calendar_is_no_finer_than_what_is_published(client: Client) -> None:
    midnight = datetime(2027, 3, 1, tzinfo=UTC)
    for day in ("2027-03-01", "2027-03", "2027"):
        make_event(title=day, listed_on=day, start=midnight, time_zone="UTC")
    assert {e.summary: (e.dtstart, e.dtend) for e in calendar(client, "/en/events.ics").events} == {
        "2027-03-01": (date(2027, 3, 1), date(2027, 3, 2)),
        "2027-03": (date(2027, 3, 1), date(2027, 4, 1)),
        "2027": (date(2027, 1, 1), date(2028, 1, 1)),
    }
    cards = {item["title"]: item for item in client.get("/api/v3/events/").json()["items"]}
    assert [cards[day]["start"] for day in ("2027-03", "2027")] == [None, None]


def test_signs_that_xml_cannot_write_do_not_break_a_feed(client: Client) -> None:
    one = published(2)[1]
    versions = tuple(replace(version, title="Bell\x07 and \ufffe") for version in one.versions)
    register.put([replace(one, versions=versions)])
    assert [entry.title for entry in parsed(client.get("/en/feed.rss")).entries] == ["Bell and"]
