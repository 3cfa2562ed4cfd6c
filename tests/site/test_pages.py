"""Fronts, chapters, things, the directory: what readers find on them."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from chapters.models import Chapter
from chapters.validators import contrast_with_white
from home.models import HomePage
from home.reading import local
from home.styles import readable_on_dark
from home.views import _thing
from search.models import Entry
from tests.factories import front, make_article, make_case, make_event, make_statement, publish, translate

from .pages import look

pytestmark = pytest.mark.django_db


def links(*several: tuple[str, str]) -> str:
    return json.dumps([{"type": "link", "value": {"text": text, "target": target}} for text, target in several])


def parts(*several: tuple[str, Any]) -> str:
    return json.dumps([{"type": name, "value": value} for name, value in several])


NO_FILTER: dict[str, list[str]] = {"types": [], "kinds": [], "countries": [], "themes": []}


def test_the_root_leads_to_the_browsers_language(client: Client, federation: object) -> None:
    for asked, found in (("ar-TN,fr;q=0.5", "/ar/"), ("pt,fr-CA;q=0.8", "/fr/"), ("de", "/en/"), ("", "/en/")):
        assert client.get("/", headers={"accept-language": asked}).headers["Location"] == found


def test_a_new_chapters_front_fills_itself_and_an_empty_one_invites(client: Client, federation: object) -> None:
    empty = look(client, "/ar/mr/")
    assert empty.status == 200
    assert empty.html.html["dir"] == "rtl"  # type: ignore[index]
    assert empty.texts(".empty") == ["لم يُنشر شيء هنا بعد. سيظهر هنا ما يكتبه هذا الفرع."]
    make_article(chapter="tn", title="A clinic opens")
    make_article(chapter="tn", title="It has a second room")
    page = look(client, "/en/maghreb/")
    assert page.texts(".lead h2") == ["It has a second room"]
    assert page.texts(".newest h3") == ["A clinic opens"]
    assert page.texts(".below h3 span") == ["Tunisia", "موريتانيا"]


def test_an_editor_composes_front_menu_and_footer_in_two_languages(client: Client, federation: Any) -> None:
    report = make_statement(chapter="tn", title="What we found", kind_id="report")
    case = translate(make_case(chapter="mr", title="A baker in court"), "fr", title="Un boulanger au tribunal")
    for lang, title in (("en", "Read first"), ("fr", "À lire d’abord")):
        page = front("tn", lang)
        page.front = parts(
            ("featured", {"title": title, "refs": [case.ref]}),
            ("newest", {"title": "", "filters": {**NO_FILTER, "kinds": ["report"]}, "limit": 3}),
            (
                "call_to_action",
                {"title": "Come", "text": "", "links": [{"text": "Go", "target": "https://example.org/"}]},
            ),
            ("text", {"title": "", "text": "<p>Our hours</p>"}),
        )
        page.strapline = f"Strapline {lang}"
        page.menu = links(("Report", f"/en/statements/what-we-found-{report.ref}/"), ("All", f"/{lang}/all/"))
        page.footer_links = links(("Imprint", "/en/imprint/"))
        publish(page)
    page = look(client, "/fr/tn/")
    assert page.texts(".part .label") == ["À lire d’abord", "Nouveau"]
    assert page.texts(".part h3") == ["Un boulanger au tribunal", "What we found"]
    assert page.links(".call .button") == ["https://example.org/"]
    assert page.texts("footer.site p")[:2] == ["Tunisie", "Strapline fr"]
    document = json.loads(client.get("/api/v3/chapters/tn/?locale=fr").content)
    assert [part["type"] for part in document["front"]] == ["featured", "newest", "call_to_action", "text"]
    assert document["front"][1]["filters"] == {"kind": ["report"]}
    assert [link["text"] for link in document["settings"]["menu"]] == ["Report", "All"]

    report.unpublish()
    case.get_original().unpublish()
    document = json.loads(client.get("/api/v3/chapters/tn/?locale=fr").content)
    assert document["front"][0]["items"] == []
    assert [link["text"] for link in document["settings"]["menu"]] == ["All"]
    html = str(look(client, "/fr/tn/").html)
    assert "boulanger" not in html
    assert "What we found" not in html


def test_words_and_links_are_inherited_until_a_chapter_has_its_own(client: Client, federation: Any) -> None:
    def strapline() -> str:
        return str(json.loads(client.get("/api/v3/chapters/tn/?locale=en").content)["settings"]["strapline"])

    root = front("world")
    root.strapline = "Of the federation"
    publish(root)
    assert strapline() == "Of the federation"
    region = front("mena")
    region.strapline = "Of the region"
    publish(region)
    assert strapline() == "Of the region"
    own = front("tn")
    own.strapline = "Our own"
    publish(own)
    assert strapline() == "Our own"
    assert "Of the federation" in look(client, "/en/").texts("footer.site p")


def test_the_home_page_is_composed_in_the_admin(client: Client, admin_client: Client, federation: Any) -> None:
    make_article(title="One", countries=["TN"])
    make_event(title="Coming", countries=["MR"])
    home = HomePage.objects.get(locale__language_code="en")
    assert look(client, "/en/").texts(".lead h2") == ["One"]
    form = {
        "title": "Home", "slug": "home-en", "introduction": "What happened", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "front-count": "2", "front-0-deleted": "", "front-0-order": "0",
        "front-0-type": "newest", "front-0-id": "", "front-0-value-title": "Events", "front-0-value-limit": "4",
        "front-0-value-filters-types": "event", "front-1-deleted": "", "front-1-order": "1", "front-1-type": "map",
        "front-1-id": "", "front-1-value-title": "Where", "action-publish": "action-publish",
    }  # fmt: skip
    assert admin_client.post(f"/admin/pages/{home.pk}/edit/", form).status_code == 302
    page = look(client, "/en/")
    assert page.texts("h1") == ["What happened"]
    assert page.texts(".part .label") == ["Events", "Where"]
    assert page.texts(".part h3") == ["Coming"]
    assert page.texts(".map tbody th") == ["Mauritania", "Tunisia"]


def test_a_dangerous_link_is_refused(federation: object) -> None:
    from django.core.exceptions import ValidationError

    from chapters.front_blocks import TargetBlock

    for target in ("javascript:alert(1)", "//evil.example/", "/\\evil.example", "data:text/html,x", "ftp://x/"):
        with pytest.raises(ValidationError):
            TargetBlock().clean(target)
    for target in ("/en/all/?kind=report", "https://example.org/", "mailto:office@example.org"):
        assert TargetBlock().clean(target) == target


def test_chapter_colours_can_be_read(client: Client, federation: Any) -> None:
    from django.core.exceptions import ValidationError

    chapter = Chapter.objects.get(code="tn")
    chapter.colour = "#ffd700"
    with pytest.raises(ValidationError, match=r"Too light to be read on white: 1.4 : 1, and it takes 4.5 : 1"):
        chapter.full_clean(exclude=["path"])
    assert round(contrast_with_white("#767676"), 2) == 4.54
    assert readable_on_dark("#12485c") != "#12485c"
    Chapter.objects.filter(code="tn").update(colour="#7a2e39")
    publish(front("tn"))
    assert "--accent:#7a2e39" in look(client, "/en/tn/").html.select_one("style").text  # type: ignore[union-attr]


def test_the_directory_has_every_chapter_with_its_contact(client: Client, federation: object) -> None:
    Chapter.objects.filter(code="tn").update(email="office@tn.example.org")
    publish(front("tn"))
    page = look(client, "/en/chapters/")
    assert page.texts(".directory h2, .directory .chapter span") == [
        "Middle East and North Africa", "Maghreb", "Tunisia", "موريتانيا", "France",
    ]  # fmt: skip
    assert "mailto:office@tn.example.org" in page.links(".office a")


def test_a_thing_says_where_it_is_mentioned_and_in_which_languages_it_is(client: Client, federation: object) -> None:
    case = make_case(title="A baker in court", countries=["TN"])
    statement = make_statement(
        title="Let him bake", body=json.dumps([{"type": "reference", "value": case.ref}]), countries=["TN"]
    )
    translate(statement, "fr", title="Laissez-le cuire")
    page = look(client, f"/en/cases/{case.ref}/")
    assert page.texts(".beside .plain a") == ["Let him bake"]
    assert page.texts(".languages a") == [
        "English",
        "français non traduit",
        "español sin traducir",
        "العربية غير مترجم",
    ]
    assert page.links(".languages a.missing") == [f"/{lang}/cases/{case.ref}/" for lang in ("fr", "es", "ar")]
    page = look(client, f"/en/statements/let-him-bake-{statement.ref}/")
    assert page.texts(".reference") == ["A baker in court"]
    assert page.links(".languages a")[1] == f"/fr/statements/laissez-le-cuire-{statement.ref}/"
    data = json.loads(page.html.select_one("script[type='application/ld+json']").text)  # type: ignore[union-attr]
    assert (data["@type"], data["headline"], data["inLanguage"]) == ("Article", "Let him bake", "en")
    assert {link["hreflang"] for link in page.html.select("link[rel=alternate][hreflang]")} == {"en", "fr", "x-default"}
    statement.unpublish()
    assert "Let him bake" not in str(look(client, f"/en/cases/{case.ref}/").html)


def test_what_is_not_translated_says_so(client: Client, federation: object) -> None:
    statement = make_statement(title="Only English")
    page = look(client, f"/ar/statements/only-english-{statement.ref}/")
    assert page.texts(".notice") == ["هذا النص غير مترجم، وهو معروض باللغة التالية: الإنجليزية."]
    for part in page.html.select(".thing > header, .thing .body"):
        assert (part["lang"], part["dir"]) == ("en", "ltr")
    assert (page.html.select_one(".kicker")["lang"], page.texts(".kicker .kind")) == ("ar", ["بيان"])  # type: ignore[index]


def test_words_of_a_document_cannot_leave_the_data_block(client: Client, federation: object) -> None:
    statement = make_statement(title="</script><script>alert(1)</script>", kind_id="report")
    html = (
        client.get("/en/all/?kind=report").content.decode()
        + client.get(
            json.loads(client.get(f"/api/v3/statements/{statement.ref}/").content)["url"].removeprefix(
                "http://127.0.0.1:8000"
            )
        ).content.decode()
    )
    assert "<script>alert" not in html
    assert "\\u003c/script\\u003e" in html


def test_missing_pages_help_on_in_the_readers_language(client: Client, federation: object) -> None:
    page = look(client, "/ar/nothing/")
    assert (page.status, page.texts("h1")) == (404, ["لا شيء في هذا العنوان"])
    assert page.links(".ways a") == ["/ar/", "/ar/all/", "/ar/chapters/"]


def test_pages_are_conditional_and_follow_every_change(client: Client, federation: object) -> None:
    article = make_article(title="Before")
    path = article.get_url()
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    article.title = "After"
    publish(article)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert look(client, path).texts("h1") == ["After"]


def test_public_pages_send_no_referrer_and_the_admin_sends_it_to_itself_or_its_forms_would_be_refused(
    client: Client, federation: object
) -> None:
    assert client.get("/en/").headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/admin/login/").headers["Referrer-Policy"] == "same-origin"


def test_a_page_begun_before_a_correction_is_nobody_elses(client: Client, rf: Any, federation: object) -> None:
    article = make_article(title="Who she is", slug="one")
    entry = Entry.objects.get(ref=article.ref)
    article.title = "A colleague"
    publish(article)
    # Another thread had read the entry, and looks at the register only now.
    request = rf.get(entry.path)
    with override("en"):
        assert "Who she is" in _thing(request, local(entry.document), entry).content.decode()
    assert look(client, entry.path).texts("h1") == ["A colleague"]


def test_a_front_leads_with_something_in_the_readers_language(client: Client, federation: Any) -> None:
    make_article("tn", "ar", title="في العربية", listed_on="2015-11-01")
    make_article("fr", "fr", title="En français", listed_on="2015-11-20")
    make_event(title="In English", listed_on="2015-11-25")
    assert [look(client, f"/{lang}/").texts(".lead h2") for lang in ("ar", "fr", "en")] == [
        ["في العربية"],
        ["En français"],
        ["In English"],
    ]
