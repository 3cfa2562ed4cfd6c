"""The lists of news, events, pages, statements and cases, and beginning something new."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cases.models import Case, Statement
from chapters.models import AboutPage, ArticlePage, Chapter, EventPage
from chapters.moderation.items import owner_of
from chapters.rights import forget
from tests.factories import front, make_article, make_case, make_event, make_statement, translate
from tests.moderation.test_approval import write

pytestmark = pytest.mark.django_db

NEWS = "/admin/chapters/things/article/"


STATEMENTS = "/admin/chapters/things/statement/"
CASES = "/admin/chapters/things/case/"


def titles(client: Client, address: str = NEWS) -> list[str]:
    """Titles of the rows, in order."""
    return [row["thing"].title for row in client.get(address).context["rows"]]


def shown(client: Client, address: str = NEWS) -> list[list[tuple[str, str]]]:
    """Languages of each row with their states."""
    return [
        [(one.code, one.state.value) for one in row["thing"].languages] for row in client.get(address).context["rows"]
    ]


def test_a_list_has_what_is_of_ones_own_chapters_each_thing_once(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    translate(make_article("tn", title="Ours"), "ar", live=False)
    make_article("fr", "fr", title="Of others")
    make_event("tn", title="An assembly")

    assert titles(editor) == ["Ours"]
    assert titles(editor, "/admin/chapters/things/event/") == ["An assembly"]


def test_each_language_of_a_thing_says_how_it_stands(logged_in: Any, federation: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    languages = [one.locale.language_code for one in federation["tn"].pages.order_by("pk")]
    article = make_article("tn", title="Ours")
    translate(article, "ar", live=False)
    rest = [(code, "missing") for code in languages if code not in {"en", "ar"}]

    assert shown(editor) == [[("en", "live"), ("ar", "draft"), *rest]]


def test_a_translation_older_than_what_it_translates_is_outdated(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    article = make_article("tn", title="Ours")
    translate(article, "ar")
    article.refresh_from_db()
    article.title = "Ours, corrected"
    article.save_revision().publish()

    assert shown(editor)[0][:2] == [("en", "live"), ("ar", "outdated")]
    assert titles(editor, f"{NEWS}?language=ar&state=outdated") == ["Ours [ar]"]
    assert titles(editor, f"{NEWS}?language=en&state=outdated") == []


def test_what_was_made_live_without_a_date_is_no_newer_than_anything(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    article = make_article("tn", title="Ours")
    translate(article, "ar")
    ArticlePage.objects.filter(pk=article.pk).update(last_published_at=None)

    assert shown(editor)[0][:2] == [("en", "live"), ("ar", "live")]


def test_the_tab_of_a_language_has_its_titles_and_what_lacks_it(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    translate(make_article("tn", title="One"), "ar")
    make_article("tn", title="Two")

    assert titles(editor, f"{NEWS}?language=ar") == ["One [ar]"]
    assert titles(editor, f"{NEWS}?language=ar&state=missing") == ["Two"]


@pytest.mark.parametrize("words", ['"', "'", "\x00", '"\x00', "%00", "AND", "(", "*"])
def test_any_words_may_be_searched_for(logged_in: Any, words: str) -> None:
    make_article("tn", title="Plain")
    assert logged_in("editor", ("editor", "tn")).get(NEWS, {"q": words}).status_code == 200


def test_the_lists_are_for_people_of_chapters(logged_in: Any) -> None:
    assert logged_in("auditor", ("auditor", "world")).get(NEWS).status_code in {302, 403}
    assert logged_in("editor", ("editor", "tn")).get("/admin/chapters/things/elephant/").status_code == 404


def test_a_list_costs_the_same_for_one_row_and_for_thirty(logged_in: Any, django_assert_max_num_queries: Any) -> None:
    staff = logged_in("staff", ("staff", "world"))
    make_article("tn")
    staff.get(NEWS)
    with django_assert_max_num_queries(25) as few:
        staff.get(NEWS)
    for number in range(29):
        make_article(*(("tn", "en") if number % 2 else ("fr", "fr")), title=f"Number {number}")
    with django_assert_max_num_queries(25) as many:
        assert len(staff.get(NEWS).context["rows"]) == 30
    assert len(many) == len(few)


def test_somebody_of_several_chapters_switches_to_one(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"), ("editor", "fr"))
    make_article("tn", title="Tunisian")
    make_article("fr", "fr", title="French")
    assert sorted(titles(editor)) == ["French", "Tunisian"]

    editor.post("/admin/chapters/switch/", {"chapter": "tn", "next": NEWS})
    assert titles(editor) == ["Tunisian"]
    editor.post("/admin/chapters/switch/", {"chapter": "mr", "next": NEWS})
    assert sorted(titles(editor)) == ["French", "Tunisian"]


def test_switching_leads_to_no_other_site(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    answer = editor.post("/admin/chapters/switch/", {"chapter": "tn", "next": "https://example.org/"})
    assert answer["Location"] == reverse("wagtailadmin_home")


def test_new_leads_to_a_form_in_the_right_section_with_date_and_kind(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    answer = editor.get(f"{NEWS}new/?language=ar", follow=True)
    parent = answer.context["parent_page"]
    page = answer.context["page"]

    assert (parent.specific.lists, parent.locale.language_code) == ("article", "ar")
    assert Page.objects.get(pk=parent.pk).path.startswith(front("tn", "ar").path)
    assert (page.kind_id, bool(page.listed_on), page.owner) == ("news", True, editor.person)


def test_three_fields_make_a_published_news_item(logged_in: Any) -> None:
    """Menu, "New", three fields, "Publish": four clicks after the login."""
    editor = logged_in("editor", ("editor", "tn"))
    menu = editor.get("/admin/").content.decode()
    assert NEWS in menu
    new = next(button.url for button in editor.get(NEWS).context["header_buttons"])
    form = editor.get(new, follow=True)
    fields = form.context["form"]
    sent = {name: fields[name].value() or "" for name in fields.fields if name not in {"body", "countries", "themes"}}
    sent |= {f"{name}-TOTAL_FORMS": "0" for name in fields.formsets}
    sent |= {f"{name}-INITIAL_FORMS": "0" for name in fields.formsets}
    sent |= {"body-count": "0", "related-count": "0", "title": "A vigil", "slug": "a-vigil", "summary": "Tonight."}
    answer = editor.post(form.request["PATH_INFO"], {**sent, "action-publish": "1"})

    assert answer.status_code == 302, answer.context["form"].errors
    page = ArticlePage.objects.get(title="A vigil")
    assert (page.live, page.owner, page.kind_id) == (True, editor.person, "news")


def test_new_asks_for_the_chapter_of_somebody_of_several(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"), ("editor", "fr"))
    assert {one.code for one in editor.get(f"{NEWS}new/").context["chapters"]} == {"fr", "tn"}
    assert editor.get(f"{NEWS}new/?chapter=fr").status_code == 302


def test_a_missing_language_is_begun_as_a_draft_once(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    article = make_article("tn", title="Ours")
    address = f"{NEWS}{article.pk}/write/ar/"
    first, second = editor.post(address), editor.post(address)

    draft = ArticlePage.objects.get(translation_key=article.translation_key, locale__language_code="ar")
    assert (draft.live, first["Location"], second["Location"]) == (
        False,
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
    )


def test_nobody_begins_a_language_of_what_is_not_theirs(logged_in: Any) -> None:
    article = make_article("tn", title="Ours", live=False)
    address = f"{NEWS}{article.pk}/write/ar/"

    assert logged_in("foreign", ("editor", "fr")).post(address).status_code == 404
    translator = logged_in("translator", ("translator", "tn", {"locales": ["fr"]}))
    assert translator.post(address).status_code in {302, 403}
    assert not ArticlePage.objects.filter(locale__language_code="ar").exists()


# Statements and cases


@pytest.mark.parametrize(("address", "make"), [(STATEMENTS, make_statement), (CASES, make_case)])
def test_items_are_listed_like_pages_each_once_with_its_languages(logged_in: Any, address: str, make: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    item = make("tn", title="Ours")
    translate(item, "ar", live=False, title="لنا")
    make("fr", "fr", title="Of others")

    assert (titles(editor, address), shown(editor, address)) == (
        ["Ours"],
        [[("en", "live"), ("ar", "draft"), ("fr", "missing")]],
    )
    assert titles(editor, f"{address}?language=ar") == ["لنا"]
    assert titles(editor, f"{address}?language=fr&state=missing") == ["Ours"]
    assert titles(editor, f"{address}?state=draft") == []
    assert titles(editor, f"{address}?language=ar&state=draft") == ["لنا"]


def test_a_statement_is_listed_and_found_by_its_newest_words(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    write(make_statement("tn", title="As it was"), editor.person, title="As it is now")
    make_statement("tn", title="Another", live=False)

    assert titles(editor, f"{STATEMENTS}?q=is+now") == ["As it is now"]
    assert titles(editor, f"{STATEMENTS}?q=it+was") == ["As it is now"]
    assert titles(editor, f"{STATEMENTS}?author={editor.person.pk}") == ["As it is now"]
    assert titles(editor, f"{STATEMENTS}?order=title") == ["Another", "As it is now"]
    assert shown(editor, f"{STATEMENTS}?state=changed") == [[("en", "changed"), ("fr", "missing"), ("ar", "missing")]]


def test_a_translation_of_a_statement_may_be_outdated(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    statement = make_statement("tn", title="Ours")
    translate(statement, "ar")
    statement.title = "Ours, corrected"
    statement.save_revision().publish()

    assert shown(editor, STATEMENTS)[0][:2] == [("en", "live"), ("ar", "outdated")]
    assert titles(editor, f"{STATEMENTS}?language=ar&state=outdated") == ["Ours [ar]"]


@pytest.mark.parametrize("words", ['"', "'", "\x00", '"\x00', "%00", "AND", "(", "*"])
def test_any_words_may_be_searched_for_among_statements(logged_in: Any, words: str) -> None:
    make_statement("tn", title="Plain")
    assert logged_in("editor", ("editor", "tn")).get(STATEMENTS, {"q": words}).status_code == 200


@pytest.mark.parametrize(("address", "make"), [(STATEMENTS, make_statement), (CASES, make_case)])
def test_a_list_of_items_costs_the_same_for_one_row_and_for_thirty(
    logged_in: Any, django_assert_max_num_queries: Any, address: str, make: Any
) -> None:
    staff = logged_in("staff", ("staff", "world"))
    make("tn")
    staff.get(address)
    with django_assert_max_num_queries(25) as few:
        staff.get(address)
    for number in range(29):
        item = make(*(("tn", "en") if number % 2 else ("fr", "fr")), title=f"Number {number}")
        if number % 10 == 1:
            translate(item, "ar")
    with django_assert_max_num_queries(25) as many:
        assert len(staff.get(address).context["rows"]) == 30
    assert len(many) == len(few)


def test_the_lists_of_items_follow_the_choice_of_a_chapter(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"), ("editor", "fr"))
    make_statement("tn", title="Tunisian")
    make_statement("fr", "fr", title="French")
    assert sorted(titles(editor, STATEMENTS)) == ["French", "Tunisian"]
    editor.post("/admin/chapters/switch/", {"chapter": "tn", "next": STATEMENTS})
    assert titles(editor, STATEMENTS) == ["Tunisian"]


def test_whatever_leads_to_wagtails_list_of_statements_leads_to_ours(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    assert editor.get("/admin/snippets/cases/statement/")["Location"] == STATEMENTS
    assert editor.get("/admin/snippets/cases/case/")["Location"] == CASES


def test_a_translator_opens_translations_and_reads_the_original(logged_in: Any) -> None:
    translator = logged_in("translator", ("translator", "tn", {"locales": ["ar"]}))
    original = make_statement("tn", title="Ours")
    row = translator.get(STATEMENTS).context["rows"][0]

    assert row["url"] == f"/admin/item/{original.ref}/"
    assert {one["shown"].code: (one["url"], bool(one["begin"])) for one in row["languages"]} == {
        "en": ("", False),
        "fr": ("", False),
        "ar": ("", True),
    }


def test_a_translator_begins_the_translation_of_a_statement_in_one_click(logged_in: Any) -> None:
    translator = logged_in("translator", ("translator", "tn", {"locales": ["ar"]}))
    statement = make_statement("tn", title="Ours")
    first, second = (translator.post(f"{STATEMENTS}{statement.pk}/write/ar/") for _time in range(2))

    draft = Statement.objects.get(source=statement)
    form = f"/admin/snippets/cases/statement/edit/{draft.pk}/"
    assert (draft.locale.language_code, draft.live, first["Location"], second["Location"]) == ("ar", False, form, form)
    assert "Ready for review" in translator.get(form).content.decode()
    assert translator.post(f"{STATEMENTS}{statement.pk}/write/fr/").status_code in {302, 403}
    assert Statement.objects.filter(locale__language_code="fr").count() == 0


# Something new


def three_fields(client: Client, address: str, fields: dict[str, str]) -> Any:
    """Send the form of something new as it is shown, with a few fields filled in; the answer."""
    form = client.get(address, follow=True)
    shown = form.context["form"]
    sent = {name: shown[name].value() for name in shown.fields}
    sent = {name: value for name, value in sent.items() if isinstance(value, (str, int)) and value != ""}
    for formset in shown.formsets.values():
        sent |= {f"{formset.prefix}-TOTAL_FORMS": "0", f"{formset.prefix}-INITIAL_FORMS": "0"}
    streams = ("body", "related", "organisers", "partners", "front", "menu", "links", "footer_links")
    query = f"?{form.request['QUERY_STRING']}"
    return client.post(
        f"{form.request['PATH_INFO']}{query}", {**sent, **{f"{name}-count": "0" for name in streams}, **fields}
    )


WRITTEN = {"title": "A vigil", "summary": "Tonight."}
IN_THREE_FIELDS: list[tuple[str, Any, dict[str, str], str]] = [
    ("article", ArticlePage, {**WRITTEN, "slug": "a-vigil"}, "news"),
    ("event", EventPage, {**WRITTEN, "slug": "a-vigil", "start": "2030-05-03 09:00"}, "event"),
    ("statement", Statement, WRITTEN, "statement"),
    ("case", Case, WRITTEN, "case"),
]


@pytest.mark.parametrize(("listed", "model", "written", "kind"), IN_THREE_FIELDS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_three_fields_make_a_draft_of_every_type(
    logged_in: Any, listed: str, model: Any, written: dict[str, str], kind: str, language: str
) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    answer = three_fields(editor, f"/admin/chapters/things/{listed}/new/?language={language}", written)

    assert answer.status_code == 302, answer.context["form"].errors
    draft = model.objects.get(title="A vigil")
    date = getattr(draft, "listed_on", "") or getattr(draft, "dated", "")
    assert (draft.live, draft.kind_id, date, draft.locale.language_code) == (
        False,
        kind,
        timezone.localdate().isoformat(),
        language,
    )
    assert owner_of(draft).code == "tn"  # type: ignore[union-attr]


def test_three_fields_make_a_draft_of_a_free_page(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"))
    place = f"/admin/pages/add/chapters/aboutpage/{front('tn').pk}/"
    assert place in editor.get("/admin/chapters/things/page/new/", follow=True).content.decode()
    answer = three_fields(editor, place, {**WRITTEN, "slug": "a-vigil"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert AboutPage.objects.get(title="A vigil").live is False


def test_something_new_of_somebody_of_several_is_of_the_chapter_that_they_name(logged_in: Any) -> None:
    editor = logged_in("editor", ("editor", "tn"), ("editor", "fr"))
    assert {one.code for one in editor.get(f"{STATEMENTS}new/").context["chapters"]} == {"fr", "tn"}
    for code, language in (("tn", "ar"), ("fr", "fr")):
        form = editor.get(f"{STATEMENTS}new/?chapter={code}&language={language}", follow=True)
        owner = form.context["form"]["owner"].value()
        assert (Chapter.objects.get(pk=owner).code, form.context["form"].instance.locale.language_code) == (
            code,
            language,
        )


def test_the_first_page_offers_everything_that_somebody_may_begin(logged_in: Any) -> None:
    def offered(client: Client) -> list[str]:
        page = client.get("/admin/").content.decode()
        return [name for name in ("article", "event", "page", "statement", "case") if f"things/{name}/new/" in page]

    assert offered(logged_in("editor", ("editor", "tn"))) == ["article", "event", "page", "statement", "case"]
    assert offered(logged_in("translator", ("translator", "tn", {"locales": ["ar"]}))) == []


def test_the_menu_of_a_chapters_people_is_their_chapters(logged_in: Any) -> None:
    from django.test import RequestFactory
    from wagtail.admin.menu import admin_menu

    def names(client: Client) -> list[str]:
        request = RequestFactory().get("/admin/")
        request.user = client.person  # type: ignore[attr-defined]
        forget(request.user)
        shown = admin_menu.menu_items_for_request(request)
        return [str(item.label) for item in sorted(shown, key=lambda one: one.order)]

    assert names(logged_in("editor", ("editor", "tn"))) == [
        *("News", "Events", "Pages", "Statements", "Cases", "Reviews", "Translations", "Offered by others"),
        *("Images", "Documents", "Help"),
    ]
    assert {"People", "Audit trail"} <= set(names(logged_in("moderator", ("moderator", "tn"))))
    assert {"Chapters", "Reports", "Vocabulary"} <= set(names(logged_in("staff", ("staff", "world"))))


def test_what_is_missing_is_begun_by_its_ref_and_what_is_outdated_gone_on_with(logged_in: Any) -> None:
    translator = logged_in("translator", ("translator", "tn", {"locales": ["ar"]}))
    statement = make_statement("tn", title="Ours", summary="As it was")
    address = f"/admin/chapters/write/{statement.ref}/ar/"
    form = translator.post(address)["Location"]
    statement.summary = "As it is now"
    statement.save_revision().publish()

    assert translator.post(address)["Location"] == form
    assert "As it is now" in translator.get(form).content.decode()
    assert logged_in("foreign", ("translator", "fr", {"locales": ["fr"]})).post(address).status_code == 404
    assert translator.post("/admin/chapters/write/nothing/ar/").status_code == 404


@pytest.mark.parametrize("make", [make_article, make_statement])
def test_a_translator_begins_and_goes_on_from_an_items_page_and_from_the_list_of_what_is_missing(
    logged_in: Any, make: Any
) -> None:
    translator = logged_in("translator", ("translator", "tn", {"locales": ["ar"]}))
    item = make("tn", title="Ours")
    places = (f"/admin/item/{item.get_ref()}/", "/admin/chapters/translations/")
    address = f"/admin/chapters/write/{item.get_ref()}/ar/"

    assert [address in translator.get(place).content.decode() for place in places] == [True, True]
    form = translator.post(address)["Location"]
    assert translator.get(form).status_code == 200
    page = translator.get(places[0]).content.decode()
    assert (address in page, f"/admin/chapters/write/{item.get_ref()}/fr/" in page) == (True, False)
    assert address not in logged_in("french", ("translator", "tn", {"locales": ["fr"]})).get(places[0]).content.decode()
