"""Where things are found, where addresses lead that are not quite right, and how a reader changes the language."""

import json
from typing import Any

import pytest
from django.test import Client, override_settings

from chapters.models import Chapter
from federation.vocabulary.models import Theme
from federation.vocabulary.themes import merge
from tests.factories import front, make_article, make_case, make_event, make_statement, publish, translate

from .pages import look

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """Every test here has chapters."""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ar-TN,fr;q=0.5", "/ar/"),
        ("de,es-MX;q=0.9,en;q=0.1", "/es/"),
        ("pt-BR,zh;q=0.8", "/en/"),
        ("FR", "/fr/"),
        ("*", "/en/"),
        ("x" * 2000, "/en/"),
        (";;q=,,", "/en/"),
    ],
)
def test_the_root_leads_to_the_nearest_language_and_says_on_what_it_depends(
    client: Client, asked: str, found: str
) -> None:
    response = client.get("/", headers={"Accept-Language": asked})
    assert (response.status_code, response["Location"], response["Vary"]) == (302, found, "Accept-Language")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_the_root_offers_only_what_the_site_speaks(client: Client, settings: Any) -> None:
    with override_settings(FEDERATION={**settings.FEDERATION, "SITE_LANGUAGES": ["fr", "en"]}):
        assert client.get("/", headers={"Accept-Language": "ar,es"})["Location"] == "/fr/"


def test_addresses_that_are_not_quite_right_lead_on(client: Client) -> None:
    statement = make_statement(title="No favour")
    case = make_case(title="A case")
    french = translate(make_case(title="Another"), "fr")
    old, new = Theme.objects.get(slug="torture"), Theme.objects.get(slug="press-freedom")
    merge(old, into=new)
    for path, found in (
        (f"/en/statements/{statement.ref}/", f"/en/statements/no-favour-{statement.ref}/"),
        (f"/en/statements/old-words-{statement.ref}/", f"/en/statements/no-favour-{statement.ref}/"),
        ("/en/countries/tn/", "/en/countries/TN/"),
        ("/en/countries/", "/en/all/?view=map"),
        ("/fr/themes/torture/", "/fr/themes/press-freedom/"),
    ):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, found)
    # In a part of the site that speaks another language a thing is shown there in its own.
    assert look(client, f"/fr/cases/{case.ref}/").texts("h1") == ["A case"]
    assert look(client, f"/fr/cases/{french.ref}/").texts("h1") == ["Another [fr]"]
    for path in ("/en/countries/XX/", "/en/themes/nothing/", "/en/cases/none/", "/en/nobody/", "/en/tn/nothing/"):
        assert client.get(path).status_code == 404
    assert client.post("/en/all/").status_code == 405


def test_a_country_has_its_chapter_with_contacts_and_everything_about_it(client: Client) -> None:
    Chapter.objects.filter(code="tn").update(email="office@tn.example.org", telephone="+216 70 000 000")
    publish(front("tn"))
    make_statement(title="About Tunisia", countries=["TN", "FR"])
    make_case(title="Elsewhere", countries=["MR"])
    page = look(client, "/fr/countries/TN/")
    assert page.texts("h1") == ["Tunisie"]
    assert page.texts(".there .chapter span, .there address a") == [
        "Tunisie", "office@tn.example.org", "+216 70 000 000",
    ]  # fmt: skip
    assert page.links(".there a") == ["/fr/tn/", "mailto:office@tn.example.org", "tel:+21670000000"]
    assert page.titles == ["About Tunisia"]
    # The country is the page's own: no chip takes it away, and no group of boxes asks for it.
    assert (page.texts(".chips a"), page.html.select("input[name=country]")) == ([], [])
    empty = look(client, "/en/countries/KR/")
    assert (empty.texts(".there"), empty.texts(".empty")) == ([], ["Nothing has been published here yet."])


def test_a_theme_has_what_is_filed_under_it_and_under_those_below(client: Client) -> None:
    make_statement(title="Narrow", themes=["torture"])
    make_statement(title="Other", themes=["press-freedom"])
    assert look(client, "/en/themes/life-and-integrity/").titles == ["Narrow"]
    assert look(client, "/ar/themes/torture/").texts("h1") == ["التعذيب وسوء المعاملة"]


def test_the_directory_has_regions_chapters_and_contacts_in_the_readers_language(client: Client) -> None:
    for code, email in (("world", "desk@example.org"), ("mr", "bureau@mr.example.org")):
        Chapter.objects.filter(code=code).update(email=email)
        publish(front(code, "ar"))
    page = look(client, "/ar/chapters/")
    assert page.texts(".directory-top a") == ["الاتحاد", "desk@example.org"]
    assert [
        (link.span.text, link.get("lang"), link["href"])  # type: ignore[union-attr]
        for link in page.html.select(".directory a.chapter")
    ] == [
        ("Maghreb", "fr", "/fr/maghreb/"),
        ("تونس", None, "/ar/tn/"),
        ("موريتانيا", None, "/ar/mr/"),
        ("France", "fr", "/fr/fr/"),
    ]
    assert page.links(".directory address a") == ["mailto:bureau@mr.example.org"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/en/", ["/en/", "/fr/", "/es/", "/ar/"]),
        ("/en/chapters/", ["/en/chapters/", "/fr/chapters/", "/es/chapters/", "/ar/chapters/"]),
        (
            "/en/statements/?country=TN&q=boat",
            [f"/{lang}/statements/?country=TN&q=boat" for lang in ("en", "fr", "es", "ar")],
        ),
        ("/ar/countries/TN/", [f"/{lang}/countries/TN/" for lang in ("en", "fr", "es", "ar")]),
        # This chapter speaks no Spanish.
        ("/fr/tn/news/", ["/en/tn/news/", "/fr/tn/news/", "/es/", "/ar/tn/news/"]),
        ("/en/nothing/", ["/en/", "/fr/", "/es/", "/ar/"]),
    ],
)
def test_the_language_switch_leads_to_the_same_page(client: Client, path: str, found: list[str]) -> None:
    page = look(client, path)
    assert page.links(".languages a") == found
    current = [link["hreflang"] for link in page.html.select(".languages [aria-current]")]
    assert current == [path[1:3]]
    missing = [link["href"] for link in page.html.select(".languages .missing")]
    assert missing == (["/es/"] if path == "/fr/tn/news/" else [])
    if page.status == 200 and "?" not in path:
        alternates = [str(link["href"]) for link in page.html.select("link[rel=alternate][hreflang]")]
        assert [address for address in alternates if address != "http://127.0.0.1:8000/"] == [
            f"http://127.0.0.1:8000{address}" for address in found if address not in missing
        ]
        canonical = page.html.select_one("link[rel=canonical]")
        assert canonical is not None
        assert canonical["href"] == f"http://127.0.0.1:8000{path}"


def test_what_is_filtered_is_not_for_robots_but_its_links_are(client: Client) -> None:
    make_statement(title="One", countries=["TN"])
    assert look(client, "/en/all/").html.select("meta[name=robots]") == []
    page = look(client, "/en/all/?country=TN")
    assert [meta["content"] for meta in page.html.select("meta[name=robots]")] == ["noindex, follow"]
    assert page.html.select_one("link[rel=canonical]")["href"] == "http://127.0.0.1:8000/en/all/"  # type: ignore[index]
    assert page.html.select("link[hreflang]") == []


def test_what_a_share_shows_is_what_the_register_has(client: Client) -> None:
    event = make_event(title="Assembly", summary="All are welcome.", place="Tunis", online="https://meet.example.org/a")
    article = translate(make_article(title="A clinic"), "fr", title="Une clinique", summary="Le samedi.")
    page = look(client, article.get_url())
    shared = {meta["property"]: meta["content"] for meta in page.html.select("meta[property^='og:']")}
    assert shared == {
        "og:site_name": "Fédération",
        "og:title": "Une clinique",
        "og:url": f"http://127.0.0.1:8000{article.get_url()}",
        "og:type": "article",
        "og:locale": "fr",
        "og:description": "Le samedi.",
    }
    data = look(client, event.get_url()).html.select_one("script[type='application/ld+json']")
    assert data is not None
    assert json.loads(data.text) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"http://127.0.0.1:8000{event.get_url()}",
        "url": f"http://127.0.0.1:8000{event.get_url()}",
        "inLanguage": "en",
        "name": "Assembly",
        "description": "All are welcome.",
        "organizer": {"@type": "Organization", "name": "Tunisia"},
        "startDate": "2030-05-03T09:00:00Z",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {"@type": "Place", "name": "Tunis", "address": "Tunis"},
            {"@type": "VirtualLocation", "url": "https://meet.example.org/a"},
        ],
    }
