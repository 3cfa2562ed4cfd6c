"""The search page: what a reader types leads to things, each once, with filters that say what they would give."""

import json
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from search.engines import Found, SearchQuery
from search.engines.database import DatabaseEngine
from tests.factories import make_article, make_case, make_event, make_statement, translate

from .pages import look

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _things(for_the_module: None) -> dict[str, Any]:
    statement = make_statement(
        title="The harbour trial", summary="Nobody was heard.", countries=["TN"], themes=["fair-trial"], symbol="OHF/7"
    )
    translate(statement, "fr", title="Le procès du port", summary="Personne n’a été entendu.")
    return {
        "statement": statement,
        "case": make_case(title="A fisherman on trial", countries=["MR"], dated="2014-03-02"),
        "article": make_article(
            "fr", "fr", title="Un procès reporté", summary="Le tribunal a fermé.", countries=["FR"]
        ),
        "event": make_event(title="An evening about trials", summary="With <script>alert(1)</script> & tea."),
    }


@pytest.fixture
def things(_things: dict[str, Any], federation: object) -> dict[str, Any]:
    """A statement in two languages, a case, an article and an event that share a word."""
    return {name: type(one).objects.get(pk=one.pk) for name, one in _things.items()}


def api(client: Client, query: str) -> Any:
    response = client.get(f"/api/v3/search/{query}")
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def test_each_thing_is_found_once_in_the_best_language_for_the_reader(client: Client, things: dict[str, Any]) -> None:
    english, french = look(client, "/en/search/?q=harbour"), look(client, "/fr/search/?q=harbour")
    assert (english.titles, english.count) == (["The harbour trial"], (1, 1, 1))
    assert (french.titles, french.count) == (["Le procès du port"], (1, 1, 1))
    assert english.texts(".hits .also") == ["Also in: français"]
    assert french.texts(".hits mark") == ["harbour"]
    assert french.html.select_one(".hits .sum")["lang"] == "en"  # type: ignore[index]


def test_words_are_marked_and_whatever_was_written_stays_text(client: Client, things: dict[str, Any]) -> None:
    page = look(client, "/en/search/?q=tea")
    assert page.titles == ["An evening about trials"]
    assert page.texts(".hits .sum") == ["With <script>alert(1)</script> & tea ."]
    assert page.texts(".hits mark") == ["tea"]
    assert page.html.select(".hits script") == []


def test_what_somebody_looked_for_in_words_is_kept_nowhere(client: Client, things: dict[str, Any]) -> None:
    addresses = ("/en/search/?", "/en/statements/?", "/api/v3/search/?", "/api/v3/entries/?", "/api/v3/statements/?")
    for address in addresses:
        kept = "public, max-age=0, must-revalidate"
        assert client.get(f"{address}country=TN")["Cache-Control"] == kept, address
        assert client.get(f"{address}country=TN&q=trial")["Cache-Control"] == "no-store", address
    assert client.get("/api/v3/search/suggest/?q=tri")["Cache-Control"] == "no-store"


def test_where_nothing_is_found_there_is_nothing_to_filter_or_to_order(client: Client, things: dict[str, Any]) -> None:
    nothing, one, filtered = (look(client, f"/en/search/?q={q}") for q in ("zzqqxv", "tea", "zzqqxv&type=case"))
    assert (nothing.html.select("#filters"), nothing.texts(".count a")) == ([], ["Subscribe to this search"])
    assert (len(one.html.select("#filters")), one.texts(".count a")) == (1, ["Subscribe to this search"])
    assert filtered.texts(".chips li a")[0].startswith("Cases")
    assert filtered.texts("#filters button") == ["Show 0 results"]
    assert "Best first" in look(client, "/en/search/?q=trial").texts(".count a")


def test_what_has_no_theme_is_a_filter_and_no_way_in(client: Client, things: dict[str, Any]) -> None:
    assert "No theme" in " ".join(look(client, "/en/search/?country=MR&country=TN").texts("#filters label"))
    assert "No theme" not in " ".join(look(client, "/en/search/").texts(".ways-in li"))


def test_a_symbol_leads_to_the_thing_first(client: Client, things: dict[str, Any]) -> None:
    assert look(client, "/en/search/?q=OHF/7").titles[0] == "The harbour trial"
    assert look(client, f"/en/search/?q={things['case'].ref}").titles[0] == "A fisherman on trial"


def test_counts_of_filters_are_what_a_click_yields(client: Client, things: dict[str, Any]) -> None:
    page = look(client, "/en/search/?q=trial")
    assert page.count == (1, 3, 3)
    for box in page.html.select("#filters input[type=checkbox]"):
        said = int(box.parent.select_one("small").text)  # type: ignore[union-attr]
        then = look(client, f"/en/search/?q=trial&{box['name']}={box['value']}")
        assert (box["name"], box["value"], then.count[2]) == (box["name"], box["value"], said)


def test_active_filters_are_chips_and_the_words_stay(client: Client, things: dict[str, Any]) -> None:
    page = look(client, "/en/search/?q=trial&country=TN&type=statement")
    assert page.texts(".chips a > span:first-child") == ["Tunisia", "Statements"]
    assert page.links(".chips a")[0] == "/en/search/?q=trial&type=statement"
    assert page.links(".chips .clear") == ["/en/search/?q=trial"]
    assert page.html.select_one("#q")["value"] == "trial"  # type: ignore[index]
    assert page.texts(".submit button") == ["Show 1 result"]


def test_a_chapter_is_searched_in_its_own_frame(client: Client, things: dict[str, Any]) -> None:
    page = look(client, "/en/search/?q=procès&chapter=fr")
    assert page.titles == ["Un procès reporté"]
    assert page.texts(".chapter-name > span") == ["France"]
    assert page.links(".ask .small a") == ["/en/search/?q=proc%C3%A8s"]


def test_results_are_ordered_by_date_when_asked(client: Client, things: dict[str, Any]) -> None:
    assert look(client, "/en/search/?q=trial&order=date").titles[0] == "A fisherman on trial"
    assert look(client, "/en/search/?q=trial&order=-date").titles[-1] == "A fisherman on trial"
    page = look(client, "/en/search/?q=trial&order=date")
    assert page.texts(".count [aria-current]") == ["Oldest first"]
    assert look(client, "/en/search/?q=trial&order=sideways").status == 400


def test_the_search_is_offered_as_a_feed_with_the_same_things(client: Client, things: dict[str, Any]) -> None:
    address = look(client, "/en/search/?q=trial&country=TN").links("a.subscribe")[0]
    assert address == "/en/feed.atom?q=trial&country=TN"
    feed = client.get(address).content.decode()
    assert "The harbour trial" in feed and "A fisherman on trial" not in feed


def test_before_anything_is_asked_there_are_ways_in(client: Client, things: dict[str, Any]) -> None:
    page = look(client, "/en/search/")
    assert (page.status, page.texts("h1"), page.titles) == (200, ["Search"], [])
    assert page.links(".ways-in section:first-child a")[0].startswith("/en/search/?country=")


def test_when_nothing_is_found_near_words_are_offered(client: Client, things: dict[str, Any]) -> None:
    page = look(client, "/en/search/?q=harbuor")
    assert page.count == (0, 0, 0)
    assert (page.texts(".meant a"), page.links(".meant a")) == (["harbour"], ["/en/search/?q=harbour"])
    nothing = look(client, "/en/search/?q=zzzzzz&country=TN")
    assert nothing.links(".empty a") == ["/en/search/?q=zzzzzz"]


@pytest.mark.parametrize(
    "words", ["%00", '"', "(((((", "%22%22%22", "-", "*", "%F0%9F%98%80", "[" * 900, "a%00b", "'--"]
)
def test_nothing_that_is_typed_is_an_error(client: Client, things: dict[str, Any], words: str) -> None:
    assert look(client, f"/en/search/?q={words}").status == 200
    assert client.get(f"/api/v3/search/?q={words}").status_code == 200
    assert client.get(f"/api/v3/search/suggest/?q={words}").status_code == 200


def test_ten_kilobytes_of_brackets_are_answered_with_a_sentence(client: Client, things: dict[str, Any]) -> None:
    assert look(client, f"/en/search/?q={'(' * 10_000}").status == 400
    answer = client.get(f"/api/v3/search/?q={'(' * 10_000}")
    assert (answer.status_code, json.loads(answer.content)["parameter"]) == (400, "q")


def test_what_was_withdrawn_is_neither_found_nor_suggested(client: Client, things: dict[str, Any]) -> None:
    assert look(client, "/en/search/?q=fisherman").count == (1, 1, 1)
    assert [one["text"] for one in api(client, "suggest/?q=fisher")["items"]] == ["A fisherman on trial"]
    things["case"].unpublish()
    assert look(client, "/en/search/?q=fisherman").count == (0, 0, 0)
    assert api(client, "?q=fisherman&facets=country")["facets"] == {"country": []}
    assert api(client, "suggest/?q=fisher")["items"] == []
    assert api(client, "?q=fishreman")["did_you_mean"] is None


def test_a_search_page_takes_four_queries(
    client: Client, things: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    for number in range(25):
        make_statement(title=f"Another trial {number}", countries=["TN"])
    look(client, "/en/search/?q=something+else")
    for address in ("/en/search/?q=trial", "/en/search/?q=trials&country=TN&page=2", "/ar/search/?q=trial&chapter=tn"):
        with django_assert_max_num_queries(4):
            assert look(client, address).status == 200


def test_nothing_of_a_search_is_kept(client: Client, things: dict[str, Any]) -> None:
    from search.api import answers

    look(client, "/en/search/?q=harbour")
    api(client, "?q=harbour")
    client.get("/api/v3/entries/?q=harbour")
    look(client, "/en/all/?q=harbour")
    assert "harbour" not in repr(list(answers._kept))


class Resting(DatabaseEngine):
    """An engine that another one stands in for."""

    def search(self, query: SearchQuery) -> Found:
        found = super().search(query)
        return Found(count=found.count, hits=found.hits, facets=found.facets, degraded=True)


def test_a_degraded_answer_says_so(client: Client, things: dict[str, Any]) -> None:
    from django.conf import settings

    with override_settings(FEDERATION={**settings.FEDERATION, "SEARCH_ENGINE": f"{__name__}.Resting"}):
        page = look(client, "/en/search/?q=harbour")
        assert page.texts(".notice") == [
            "The search engine rests at the moment; a slower one has answered. Nothing is missing."
        ]
        assert api(client, "?q=harbour")["degraded"] is True
    assert look(client, "/en/search/?q=harbour").texts(".notice") == []


def test_the_api_says_the_same(client: Client, things: dict[str, Any]) -> None:
    found = api(client, "?q=trial&locale=fr&fallback=*&facets=country&limit=2")
    assert (found["count"], found["degraded"], found["did_you_mean"], len(found["items"])) == (3, False, None, 2)
    assert found["items"][0]["title"] == "Le procès du port"
    rest = client.get(found["next"].removeprefix("http://127.0.0.1:8000"))
    assert len(json.loads(rest.content)["items"]) == 1 and json.loads(rest.content)["next"] is None
    assert {row["value"]: row["count"] for row in found["facets"]["country"]} == {"TN": 1, "MR": 1, "global": 1}
    narrow = api(client, "?q=harbour&fields=title")["items"]
    assert narrow == [
        {
            "title": "The harbour trial",
            "highlights": {
                "title": [
                    {"text": "The ", "marked": False},
                    {"text": "harbour", "marked": True},
                    {"text": " trial", "marked": False},
                ],
                "excerpt": [{"text": "Nobody was heard.", "marked": False}],
                "excerpt_locale": "en",
                "excerpt_dir": "ltr",
            },
        }
    ]
    assert client.get("/api/v3/search/?q=a&cursor=x").status_code == 400
    assert json.loads(client.get("/api/v3/search/?q=a&order=best").content)["parameter"] == "order"


def test_suggestions_lead_to_titles_themes_countries_and_chapters(client: Client, things: dict[str, Any]) -> None:
    assert [(one["kind"], one["text"], one["value"]) for one in api(client, "suggest/?q=tunis")["items"]] == [
        ("chapter", "Tunisia", "tn"),
        ("country", "Tunisia", "TN"),
    ]
    title = next(one for one in api(client, "suggest/?q=harb")["items"] if one["kind"] == "title")
    assert (title["text"], title["locale"]) == ("The harbour trial", "en")
    assert title["url"].endswith(f"{things['statement'].ref}/")
    assert api(client, "suggest/?q=tunsia")["items"][0]["text"] == "Tunisia"
