"""The API as its readers see it: status, headers, bytes."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openapi_spec_validator import validate

from chapters.models import Chapter
from search import index
from search.api import answers
from search.models import Counter, Entry
from tests.factories import make_article, make_case, make_event, make_statement, translate

pytestmark = pytest.mark.django_db


def get(client: Client, path: str, status: int = 200, **headers: str) -> Any:
    response = client.get(f"/api/v3/{path}", headers=headers)
    assert response.status_code == status, response.content
    return json.loads(response.content)


def refs(client: Client, path: str) -> list[str]:
    return [item["ref"] for item in get(client, path)["items"]]


@pytest.fixture
def things(federation: dict[str, Chapter]) -> dict[str, str]:
    """One of each type, by name."""
    statement = make_statement(countries=["TN"], themes=["freedom-of-association"], kind_id="press-release")
    translate(statement, "fr", title="Un droit")
    translate(statement, "ar", title="حق")
    case = make_case(countries=["TN", "MR"], themes=["press-freedom"])
    article = make_article(chapter="fr", lang="fr", title="Un café ouvre")
    event = make_event(countries=[])
    return {"statement": statement.ref, "case": case.ref, "article": article.ref, "event": event.ref}


CONTENT = "type=statement&type=case&type=article&type=event"


def test_an_item_has_exactly_the_public_fields(client: Client, things: dict[str, str]) -> None:
    item = get(client, "statements/")["items"][0]
    ref = things["statement"]
    assert item == {
        "ref": ref,
        "type": "statement",
        "kind": {"code": "press-release", "label": "Press release"},
        "locale": "en",
        "dir": "ltr",
        "translations": [
            {
                "locale": "en",
                "title": "No favour, a right",
                "original": True,
                "url": f"http://127.0.0.1:8000/en/statements/no-favour-a-right-{ref}/",
                "api_url": f"http://127.0.0.1:8000/api/v3/statements/{ref}/",
            },
            {
                "locale": "ar",
                "title": "حق",
                "original": False,
                "url": f"http://127.0.0.1:8000/ar/statements/حق-{ref}/",
                "api_url": f"http://127.0.0.1:8000/api/v3/statements/{ref}/?locale=ar",
            },
            {
                "locale": "fr",
                "title": "Un droit",
                "original": False,
                "url": f"http://127.0.0.1:8000/fr/statements/un-droit-{ref}/",
                "api_url": f"http://127.0.0.1:8000/api/v3/statements/{ref}/?locale=fr",
            },
        ],
        "title": "No favour, a right",
        "summary": "Two bills.",
        "date": "2015-11-24",
        "date_precision": "day",
        "updated_at": item["updated_at"],
        "owner": {"code": "tn", "label": "Tunisia"},
        "co_publishers": [],
        "countries": [{"code": "TN", "label": "Tunisia"}],
        "themes": [{"code": "freedom-of-association", "label": "Freedom of association"}],
        "image": None,
        "url": f"http://127.0.0.1:8000/en/statements/no-favour-a-right-{ref}/",
        "api_url": f"http://127.0.0.1:8000/api/v3/statements/{ref}/",
    }


PUBLIC_KEYS = {
    "case": {"body", "sources", "related", "translated_by"},
    "statement": {
        *("body", "sources", "related", "translated_by"),
        *("symbol", "addressee", "event_date", "deadline"),
    },
    "article": {"body", "related"},
    "event": {
        *("body", "related", "organisers", "partners"),
        *("start", "end", "time_zone", "place", "online"),
    },
}
COMMON = {
    *(
        "ref",
        "type",
        "kind",
        "locale",
        "dir",
        "translations",
        "title",
        "summary",
        "date",
        "date_precision",
        "updated_at",
    ),
    *("owner", "co_publishers", "countries", "themes", "image", "url", "api_url", "published_at"),
}


@pytest.mark.parametrize("name", PUBLIC_KEYS)
def test_nothing_is_public_but_what_stands_here(client: Client, things: dict[str, str], name: str) -> None:
    """The snapshot of public fields: whoever adds one must decide that it is harmless, and write it here."""
    document = get(client, f"{name}s/{things[name]}/")
    assert set(document) == COMMON | PUBLIC_KEYS[name]


def test_the_public_fields_of_chapters_and_pages(client: Client, things: dict[str, str]) -> None:
    own = {
        *(
            "level",
            "parent",
            "status",
            "body",
            "names",
            "path",
            "children",
            "languages",
            "founded",
            "contact",
            "colour",
        ),
        *("accent_colour", "logo", "sections", "front", "settings"),
    }
    assert set(get(client, "chapters/tn/")) == COMMON | own
    page = Entry.objects.filter(type="page").first()
    assert page is not None
    assert set(get(client, f"entries/{page.ref}/")) == COMMON | {"body"}


def test_without_a_locale_each_thing_is_listed_once_in_its_original(client: Client, things: dict[str, str]) -> None:
    assert sorted(refs(client, f"entries/?{CONTENT}")) == sorted(things.values())
    assert [item["locale"] for item in get(client, "statements/")["items"]] == ["en"]


def test_a_locale_lists_what_exists_in_it(client: Client, things: dict[str, str]) -> None:
    found = get(client, f"entries/?{CONTENT}&locale=fr")
    assert {item["ref"]: item["title"] for item in found["items"]} == {
        things["statement"]: "Un droit",
        things["article"]: "Un café ouvre",
    }
    assert found["count"] == 2


def test_fallback_lists_each_thing_once_in_the_first_language_it_has(client: Client, things: dict[str, str]) -> None:
    found = get(client, f"entries/?{CONTENT}&locale=ar&fallback=fr&fallback=*&facets=country&facets=locale")
    assert {item["ref"]: item["locale"] for item in found["items"]} == {
        things["statement"]: "ar",
        things["article"]: "fr",
        things["case"]: "en",
        things["event"]: "en",
    }
    assert {row["value"]: row["count"] for row in found["facets"]["country"]} == {"TN": 2, "MR": 1, "global": 2}
    assert {row["value"]: row["count"] for row in found["facets"]["locale"]} == {"en": 3, "fr": 2, "ar": 1}


def test_a_chapter_finds_everything_below_it_and_an_owner_only_its_own(client: Client, things: dict[str, str]) -> None:
    below = {things["statement"], things["case"], things["event"]}
    assert set(refs(client, f"entries/?{CONTENT}&chapter=mena")) == below
    assert refs(client, f"entries/?{CONTENT}&owner=mena") == []
    assert set(refs(client, f"entries/?{CONTENT}&owner=tn")) == below


def test_kind_is_not_type(client: Client, things: dict[str, str]) -> None:
    assert refs(client, "entries/?kind=statement") == []
    assert refs(client, "entries/?kind=press-release") == [things["statement"]]
    assert refs(client, "entries/?type=statement") == [things["statement"]]


def test_new_counts_both_ends_of_seven_days(client: Client, federation: object) -> None:
    days = ("2015-11-16", "2015-11-17", "2015-11-24", "2015-11-25")
    made = {day: make_statement(dated=day, title=day).ref for day in days}
    found = get(client, "statements/?as_of=2015-11-24")
    assert (found["count"], found["new"]) == (4, 2)
    assert refs(client, "statements/?as_of=2015-11-24&new=true") == [made["2015-11-24"], made["2015-11-17"]]


def test_dates_answer_at_published_precision(client: Client, federation: object) -> None:
    month = make_statement(dated="2015-11").ref
    year = make_statement(dated="2014").ref
    assert [item["date"] for item in get(client, "statements/")["items"]] == ["2015-11", "2014"]
    assert refs(client, "statements/?date_from=2015-11-20") == [month]
    assert refs(client, "statements/?date_from=2015-12-01") == []
    assert refs(client, "statements/?date_to=2014-02-01") == [year]
    assert refs(client, "statements/?date_from=2014-12-31&date_to=2014-12-31") == [year]


BAD = {
    "countri=TN": ("countri", "country"),
    "country=XX": ("country", None),
    "country=tn": ("country", "TN"),
    "kind=pres-release": ("kind", "press-release"),
    "limit=1000": ("limit", None),
    "limit=0": ("limit", None),
    "limit=٣": ("limit", None),
    "limit=1&limit=2": ("limit", None),
    "cursor=junk": ("cursor", None),
    "date_from=2026-02-31": ("date_from", None),
    "date_from=20260228": ("date_from", None),
    "new=yes": ("new", None),
    "year=15": ("year", None),
    "order=dat": ("order", "date"),
    "fields=titel": ("fields", "title"),
    "facets=countrys": ("facets", "country"),
    "locale=xx": ("locale", None),
    "country=%00": ("country", None),
    "country=" + "a" * 10_000: ("country", None),
    "a" * 10_000 + "=1": ("a" * 100, None),
    "offset=-1": ("offset", None),
}


@pytest.mark.parametrize("query", BAD)
def test_a_mistake_is_a_400_that_names_it(client: Client, federation: object, query: str) -> None:
    name, suggestion = BAD[query]
    response = client.get(f"/api/v3/entries/?{query}")
    body = json.loads(response.content)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert body["parameter"] == name
    if suggestion:
        assert body["suggestion"] == suggestion
    assert len(response.content) < 1500
    assert "\\u0000" not in response.content.decode()


def test_a_cursor_with_an_offset_is_refused(client: Client, federation: object) -> None:
    following = get(client, "entries/?limit=2")["next"]
    response = client.get(following.removeprefix("http://127.0.0.1:8000") + "&offset=2")
    assert (response.status_code, json.loads(response.content)["parameter"]) == (400, "offset")


@pytest.mark.parametrize("query", ["q=%00", "q=" + "(" * 1000, "q=%22%27%25_", "q=", "q=caf%C3%A9", "q=%ff%fe"])
def test_strange_words_are_words(client: Client, things: dict[str, str], query: str) -> None:
    assert client.get(f"/api/v3/entries/?{query}").status_code == 200


def test_words_are_found_whatever_case_and_accents(client: Client, things: dict[str, str]) -> None:
    assert refs(client, "entries/?q=CAFE+ouvre") == [things["article"]]
    assert refs(client, "entries/?q=tunisia+hearing") == [things["case"]]


@pytest.mark.parametrize("order", ["-date", "date", "-updated_at", "updated_at", "title", "-title"])
def test_cursors_lead_through_everything_once_and_back(client: Client, federation: object, order: str) -> None:
    made = [make_statement(dated=f"2015-11-{1 + number % 5:02}", title=f"T{number % 3}").ref for number in range(11)]
    path, forth, back = f"/api/v3/statements/?order={order}&limit=3", [], []
    while path:
        page = json.loads(client.get(path.removeprefix("http://127.0.0.1:8000")).content)
        forth.append([item["ref"] for item in page["items"]])
        last, path = path, page["next"]
    path = last
    while path:
        page = json.loads(client.get(path.removeprefix("http://127.0.0.1:8000")).content)
        back.insert(0, [item["ref"] for item in page["items"]])
        path = page["previous"]
    assert sorted(ref for page in forth for ref in page) == sorted(made)
    assert [len(page) for page in forth] == [3, 3, 3, 2]
    assert [ref for page in back for ref in page] == [ref for page in forth for ref in page]
    by_offset = [refs(client, f"statements/?order={order}&limit=3&offset={start}") for start in (0, 3, 6, 9)]
    assert by_offset == forth


def test_coming_events_come_first(client: Client, federation: object) -> None:
    from datetime import UTC, datetime

    days = {
        name: datetime(*day, tzinfo=UTC)
        for name, day in {
            "past": (2001, 1, 1),
            "later": (2099, 1, 1),
            "soon": (2098, 1, 1),
            "long past": (1999, 1, 1),
        }.items()
    }
    made = {name: make_event(title=name, start=start).ref for name, start in days.items()}
    assert refs(client, "events/") == [made[name] for name in ("soon", "later", "past", "long past")]
    assert refs(client, "events/?order=start") == [made[name] for name in ("long past", "past", "soon", "later")]


def test_answers_are_conditional(client: Client, things: dict[str, str]) -> None:
    for path in ("statements/", f"cases/{things['case']}/", "kinds/"):
        first = client.get(f"/api/v3/{path}")
        assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert first["Access-Control-Allow-Origin"] == "*"
        again = client.get(f"/api/v3/{path}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    tag = client.get("/api/v3/statements/")["ETag"]
    make_statement(title="Another")
    assert client.get("/api/v3/statements/", headers={"If-None-Match": tag}).status_code == 200


def test_an_answer_is_unchanged_by_time_alone_only_once_that_time_has_settled(
    client: Client, things: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def again() -> int:
        since = client.get("/api/v3/statements/")["Last-Modified"]
        return client.get("/api/v3/statements/", headers={"If-Modified-Since": since}).status_code

    assert again() == 200
    Counter.objects.update(at=timezone.now() - timedelta(minutes=1))
    index.forget()
    answers.forget()
    assert again() == 304


def test_methods(client: Client, things: dict[str, str]) -> None:
    for path in ("entries/", f"cases/{things['case']}/", "sync/", "themes/"):
        head = client.head(f"/api/v3/{path}")
        assert (head.status_code, head.content) == (200, b"")
        options = client.options(f"/api/v3/{path}")
        assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS")
        post = client.post(f"/api/v3/{path}")
        assert (post.status_code, post["Content-Type"]) == (405, "application/problem+json")


def test_cookies_and_tokens_are_ignored(client: Client, things: dict[str, str]) -> None:
    client.cookies["sessionid"] = "x"
    response = client.get("/api/v3/entries/", headers={"Authorization": "Bearer nonsense"})
    assert response.status_code == 200
    assert not response.cookies


def test_never_public_is_404_and_withdrawn_is_410_alike(client: Client, things: dict[str, str]) -> None:
    draft = make_case(live=False)
    bodies = {client.get(f"/api/v3/cases/{ref}/").content for ref in (draft.ref, "nothing", things["statement"])}
    assert len(bodies) == 1
    assert get(client, f"cases/{draft.ref}/", 404)["status"] == 404
    from cases.models import Case

    Case.objects.get(ref=things["case"]).unpublish()
    assert get(client, f"cases/{things['case']}/", 410)["title"] == "Gone"
    assert get(client, f"entries/{things['case']}/", 410)["title"] == "Gone"


def test_a_detail_in_a_language(client: Client, things: dict[str, str]) -> None:
    path = f"statements/{things['statement']}/"
    assert get(client, f"{path}?locale=fr")["title"] == "Un droit"
    assert get(client, f"{path}?locale=ru&fallback=ar")["locale"] == "ar"
    assert get(client, f"{path}?locale=ru", 404)["status"] == 404
    assert get(client, f"{path}?locale=ru&fallback=*&fields=title,locale") == {
        "title": "No favour, a right",
        "locale": "en",
    }


@pytest.mark.parametrize("how_many", [1, 30])
def test_queries_do_not_grow_with_the_items(
    client: Client, federation: object, django_assert_num_queries: Any, how_many: int
) -> None:
    made = [make_statement(title=f"S{number}", countries=["TN"]).ref for number in range(how_many)]
    client.get("/api/v3/entries/?limit=1")
    paths = {
        "statements/?limit=100": 2,
        "entries/?country=TN&kind=statement&limit=100&facets=country&facets=kind&facets=theme": 2,
        # What words find is remembered as long as the register is what it was.
        "statements/?q=bills&limit=100": 2,
        f"statements/{made[0]}/": 1,
    }
    for path, queries in paths.items():
        client.get(f"/api/v3/{path.replace('limit=100', 'limit=99')}")
        with django_assert_num_queries(queries):
            client.get(f"/api/v3/{path}")
    with django_assert_num_queries(1):
        client.get("/api/v3/statements/?limit=100")


def test_sync_tells_what_is_new_and_what_is_gone(client: Client, things: dict[str, str]) -> None:
    from cases.models import Case

    first = get(client, "sync/?limit=1000")
    assert first["more"] is False
    assert {item["ref"] for item in first["items"]} >= set(things.values())
    Case.objects.get(ref=things["case"]).unpublish()
    second = get(client, f"sync/?since={first['next_token']}")
    assert [(item["what"], item["ref"]) for item in second["items"]] == [("gone", things["case"])]
    assert set(second["items"][0]) == {"what", "sequence", "type", "ref", "locale", "at"}
    assert get(client, f"sync/?since={second['next_token']}")["items"] == []
    assert get(client, "sync/?since=junk", 400)["parameter"] == "since"


def test_sync_in_small_steps_tells_the_same(client: Client, things: dict[str, str]) -> None:
    whole = {(item["ref"], item["locale"]) for item in get(client, "sync/?limit=1000")["items"]}
    token, told, more = "", set(), True
    while more:
        step = get(client, f"sync/?limit=3&since={token}")
        told |= {(item["ref"], item["locale"]) for item in step["items"]}
        token, more = step["next_token"], step["more"]
    assert told == whole


def test_vocabularies(client: Client, federation: object) -> None:
    countries = {item["code"]: item for item in get(client, "countries/")["items"]}
    assert len(countries) == 250
    assert countries["TN"]["labels"]["ar"] == "تونس"
    assert "mena" in countries["TN"]["regions"]
    languages = {item["code"]: item for item in get(client, "languages/")["items"]}
    assert (languages["ar"]["direction"], languages["pt"]["site"]) == ("rtl", False)
    for name in ("kinds", "themes", "regions"):
        assert get(client, f"{name}/")["count"] > 25


def test_unknown_addresses_of_the_api_are_problems(client: Client, db: None) -> None:
    for path in ("/api/v3/nothing/", "/api/v4/", "/api/v3/cases/x/y/"):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_an_error_of_ours_says_nothing_of_its_cause(client: Client, federation: object, monkeypatch: Any) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("search.api.endpoints.list_things", fail)
    response = client.get("/api/v3/entries/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert b"secret" not in response.content


def test_the_document_is_valid_openapi_and_describes_ours(client: Client, db: None) -> None:
    document = json.loads(client.get("/api/v3/openapi.json").content)
    validate(document)
    paths = {path.removeprefix("/api/v3") for path in document["paths"]}
    for plural in ("entries", "chapters", "cases", "statements", "articles", "events"):
        assert {f"/{plural}/", f"/{plural}/{{ref}}/"} <= paths
    assert {"/search/", "/search/suggest/", "/sync/", "/health/"} <= paths
    names = {parameter["name"] for parameter in document["paths"]["/api/v3/entries/"]["get"]["parameters"]}
    assert {"type", "kind", "chapter", "owner", "country", "region", "theme", "locale", "fallback", "as_of"} <= names
    assert all(parameter["description"] for parameter in document["paths"]["/api/v3/events/"]["get"]["parameters"])


def test_wagtail_still_describes_anonymous_access_wrongly() -> None:
    """When this fails, search/api/openapi.py has less to mend."""
    from wagtail.api.v3.api import api

    raw = type(api).get_openapi_schema(api)
    assert raw["components"]["securitySchemes"]["AllowAnonymous"].get("scheme") is None


def test_the_documentation_loads_nothing_from_elsewhere(client: Client, db: None) -> None:
    html = client.get("/api/v3/docs/").content.decode()
    assert "swagger" in html
    assert "//cdn" not in html
    assert "https://" not in html.replace("https://django-ninja", "")
