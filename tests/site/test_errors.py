"""What readers get when there is nothing, no more, something broken, or the house is being mended."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from home import chapter_tree
from search import index
from search.models import Entry
from tests.factories import front, make_article, make_case, make_statement, publish

from .pages import look

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """Every test here has chapters."""


def test_what_was_withdrawn_says_so_in_the_whole_frame_of_the_site(client: Client) -> None:
    root = front("world", "fr")
    root.strapline = "Un droit, pas une faveur"
    publish(root)
    article = make_article(chapter="tn", lang="fr", title="Une clinique")
    path = article.get_url()
    article.unpublish()
    page = look(client, path)
    assert (page.status, page.texts("title"), page.texts("h1")) == (
        410, ["Retiré · Fédération"], ["Ce contenu a été retiré"],
    )  # fmt: skip
    assert page.texts("footer.site p")[:2] == ["Fédération", "Un droit, pas une faveur"]
    assert page.html.html["dir"] == "ltr"  # type: ignore[index]
    assert page.headers["Cache-Control"] == "no-store"
    assert "style-src 'sha256-" in page.headers["Content-Security-Policy"]
    assert "Une clinique" not in str(page.html)


@pytest.mark.parametrize("path", ["", "all/", "statements/", "search/", "search/?q=clinic", "chapters/", "feed.atom"])
def test_a_house_that_is_not_opened_yet_answers_all_the_same(client: Client, path: str) -> None:
    Entry.objects.all().delete()
    index.forget()
    chapter_tree.forget()
    response = client.get(f"/en/{path}")
    assert response.status_code == 200
    assert "Federation" in response.content.decode()


@pytest.mark.parametrize("make", [make_case, make_statement])
def test_whatever_the_slug_a_withdrawn_thing_is_gone(client: Client, make: Any) -> None:
    item = make(title="A drawing")
    item.unpublish()
    plural = f"{item.register_type}s"
    paths = [f"/en/{plural}/{item.ref}/", f"/ar/{plural}/{item.ref}/"]
    paths += [f"/en/statements/other-words-{item.ref}/"] if plural == "statements" else []
    assert [client.get(path).status_code for path in paths] == [410] * len(paths)


def test_what_never_was_and_what_is_not_for_you_are_the_same_page(client: Client) -> None:
    draft = make_statement(live=False, title="A draft")
    hidden = make_case(title="Hidden", visibility="chapter")
    never, unseen, closed = (
        client.get(path) for path in ("/en/cases/aaaaaaaa/", f"/en/statements/{draft.ref}/", f"/en/cases/{hidden.ref}/")
    )
    assert [answer.status_code for answer in (never, unseen, closed)] == [404] * 3
    neutral = [
        answer.content.replace(path.encode(), b"")
        for answer, path in ((never, "aaaaaaaa"), (unseen, draft.ref), (closed, hidden.ref))
    ]
    assert neutral[0] == neutral[2]
    assert unseen.headers == never.headers


def test_what_is_broken_says_so_in_four_languages_and_asks_nothing(
    client: Client, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the register cannot be read")

    monkeypatch.setattr("home.views.chapter_tree.tree", fail)
    monkeypatch.setattr("home.reading.index.current", fail)
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        page = look(client, "/ar/chapters/")
    assert page.status == 500
    assert page.texts("h1") == ["حدث خطأ من جهتنا"]
    assert page.texts("h2") == [
        "Something went wrong on our side", "Une erreur s’est produite de notre côté",
        "Algo ha fallado por nuestra parte",
    ]  # fmt: skip
    assert [part["dir"] for part in page.html.select("section")] == ["rtl", "ltr", "ltr", "ltr"]
    assert "the register cannot be read" not in str(page.html)


def test_while_the_house_is_mended_readers_are_asked_to_come_back(
    client: Client, admin_client: Client, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    flag = tmp_path / "maintenance"
    with override_settings(FEDERATION={**settings.FEDERATION, "MAINTENANCE_FILE": str(flag)}):
        assert client.get("/fr/").status_code == 200
        flag.write_text("1800\n")
        with django_assert_num_queries(0):
            page = look(client, "/fr/statements/")
        assert (page.status, page.headers["Retry-After"], page.texts("h1")) == (
            503, "1800", ["Nous revenons très bientôt"],
        )  # fmt: skip
        assert page.headers["Cache-Control"] == "no-store"
        answer = client.get("/api/v3/entries/")
        assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (
            503, "application/problem+json", "1800",
        )  # fmt: skip
        assert [client.get(path).status_code for path in ("/", "/sitemap.xml", "/en/feed.atom")] == [503] * 3
        assert admin_client.get("/admin/").status_code == 200
        flag.write_text("")
        assert client.get("/fr/")["Retry-After"] == "600"
        flag.unlink()
        assert client.get("/fr/").status_code == 200


PUBLIC = (
    "/", "/en/", "/ar/", "/en/chapters/", "/en/all/", "/en/all/?view=map&q=a", "/en/statements/", "/en/cases/",
    "/en/events/", "/en/countries/TN/", "/en/themes/torture/", "/en/tn/", "/en/tn/about/", "/en/tn/news/",
    "/en/tn/contact/", "/en/nothing/", "/en/all/?kind=none", "/en/feed.atom", "/en/feed.rss", "/en/feed.json",
    "/en/events.ics", "/sitemap.xml", "/en/sitemap-1.xml", "/robots.txt", "/api/v3/entries/", "/api/v2/pages/",
)  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_no_public_address_sets_a_cookie_or_loads_from_elsewhere(client: Client, path: str) -> None:
    item = make_statement(title="One", countries=["TN"])
    for address in (path, f"/en/statements/one-{item.ref}/"):
        response = client.get(address)
        assert "Set-Cookie" not in response.headers
        assert response.headers["Referrer-Policy"] == "no-referrer" or address.startswith("/api/v3/")
        if response["Content-Type"].startswith("text/html"):
            policy = response.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'self';")
            assert "unsafe" not in policy
            page = look(client, address)
            loaded = [
                str(found.get("src") or found.get("href") or found.get("srcset"))
                for found in page.html.select("img, script[src], source, iframe, video, audio, link[rel=icon], image")
            ]
            assert [address for address in loaded if not address.startswith("/")] == []
            assert page.html.select("link[rel=stylesheet], [style], script:not([src]):not([type])") == []


@pytest.mark.parametrize("path", ["/en/%00/", "/en/tn/%00/", "/en/countries/%00/", "/en/statements/x%00-abc/"])
def test_no_sign_in_an_address_is_an_error(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
