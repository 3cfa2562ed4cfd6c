"""Every event that changes what is public changes the register with it: through admin, API, commands and models."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cases.actions import change_visibility, set_embargo, transfer
from cases.models import Case, Statement
from chapters.models import ArticlePage, Chapter, ChapterPage, Featured, NewsIndexPage, StatementsIndexPage
from federation.vocabulary.models import Kind, Theme
from federation.vocabulary.themes import count_items, merge
from search import index, register
from search.models import Change, Entry
from search.reconciliation import reconcile
from tests.factories import (
    body,
    front,
    locale,
    make_article,
    make_case,
    make_event,
    make_statement,
    publish,
    translate,
)

pytestmark = pytest.mark.django_db


def surfaces(client: Client, item: Any) -> dict[str, Any]:
    """How a thing looks from outside: entries, its typed list, facets, detail, its page."""
    ref, type_name = item.get_ref(), item.register_type
    lists = [json.loads(client.get(f"/api/v3/{name}/?limit=100").content) for name in ("entries", f"{type_name}s")]
    detail = client.get(f"/api/v3/{type_name}s/{ref}/")
    facets = json.loads(client.get(f"/api/v3/entries/?type={type_name}&facets=type").content)
    return {
        "listed": [ref in {i["ref"] for i in found["items"]} for found in lists],
        "counted": sum(row["count"] for row in facets["facets"]["type"] if row["value"] == type_name),
        "detail": detail.status_code,
    }


PUBLIC = {"listed": [True, True], "counted": 1, "detail": 200}
GONE = {"listed": [False, False], "counted": 0, "detail": 410}
NEVER = {"listed": [False, False], "counted": 0, "detail": 404}

MAKERS = [make_article, make_event, make_case, make_statement]


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """Every test here has chapters."""


@pytest.fixture
def admin(client: Client) -> Client:
    admin = Client()
    admin.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "x"))
    return admin


@pytest.mark.parametrize("make", MAKERS)
def test_a_draft_is_never_public_and_publishing_makes_it_so(client: Client, make: Any) -> None:
    item = make(live=False)
    assert surfaces(client, item) == NEVER
    publish(item)
    assert surfaces(client, item) == PUBLIC


@pytest.mark.parametrize("make", MAKERS)
def test_unpublish_republish_delete(client: Client, make: Any) -> None:
    item = make()
    item.unpublish()
    assert surfaces(client, item) == GONE
    publish(item)
    assert surfaces(client, item) == PUBLIC
    type(item).objects.get(pk=item.pk).delete()
    assert surfaces(client, item) == GONE


@pytest.mark.parametrize("make", [make_case, make_statement])
def test_a_bulk_delete_of_snippets(client: Client, make: Any) -> None:
    item = make()
    type(item).objects.all().delete()
    assert surfaces(client, item) == GONE


@pytest.mark.parametrize("make", MAKERS)
def test_a_draft_saved_over_a_live_item_changes_nothing_public(client: Client, make: Any) -> None:
    item = make()
    before = client.get(f"/api/v3/{item.register_type}s/{item.get_ref()}/").content
    item.title = "Not yet"
    item.save_revision()
    assert client.get(f"/api/v3/{item.register_type}s/{item.get_ref()}/").content == before
    # wagtail-localize writes drafts into the live row: the register still says what was published.
    item.save()
    assert client.get(f"/api/v3/{item.register_type}s/{item.get_ref()}/").content == before


@pytest.mark.parametrize("make", MAKERS)
def test_expiry_is_a_matter_of_the_clock(client: Client, make: Any, monkeypatch: Any) -> None:
    item = make(expire_at=timezone.now() + timedelta(hours=1))
    assert surfaces(client, item) == PUBLIC
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert surfaces(client, item) == GONE
    call_command("publish_scheduled")
    assert surfaces(client, item) == GONE


@pytest.mark.parametrize("make", MAKERS)
def test_scheduled_publishing_is_a_matter_of_the_clock(client: Client, make: Any, monkeypatch: Any) -> None:
    item = make(live=False, go_live_at=timezone.now() + timedelta(hours=1))
    item.get_latest_revision().publish()
    assert surfaces(client, item) == NEVER
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert surfaces(client, item) == PUBLIC
    call_command("publish_scheduled")
    assert surfaces(client, item) == PUBLIC


def test_an_embargo_holds_to_the_second_and_leaves_no_trace(client: Client, monkeypatch: Any) -> None:
    until = timezone.now() + timedelta(hours=1)
    case = make_case(embargo_until=until)
    assert surfaces(client, case) == NEVER
    monkeypatch.setattr(timezone, "now", lambda: until - timedelta(seconds=1))
    assert surfaces(client, case) == NEVER
    monkeypatch.setattr(timezone, "now", lambda: until)
    assert surfaces(client, case) == PUBLIC


def test_an_embargo_put_on_later_takes_away(client: Client) -> None:
    case = make_case()
    set_embargo(case, timezone.now() + timedelta(hours=1))
    assert surfaces(client, case) == GONE
    set_embargo(case, None)
    assert surfaces(client, case) == PUBLIC


def test_visibility(client: Client) -> None:
    case = make_case(visibility="chapter")
    assert surfaces(client, case) == NEVER
    change_visibility(case, "public", reason="the family agrees")
    assert surfaces(client, case) == PUBLIC
    change_visibility(case, "federation")
    assert surfaces(client, case) == GONE


def test_an_old_draft_brings_back_neither_owner_nor_visibility(client: Client) -> None:
    case = make_case()
    draft = case.save_revision()
    transfer(case, Chapter.objects.get(code="mr"))
    change_visibility(case, "chapter")
    draft.publish()
    case.refresh_from_db()
    assert (case.owner.code, case.visibility) == ("mr", "chapter")
    assert surfaces(client, case) == GONE


def test_a_transfer_moves_every_language(client: Client) -> None:
    case = make_case()
    translate(case, "fr")
    transfer(case, Chapter.objects.get(code="mr"))
    found = json.loads(client.get("/api/v3/cases/?owner=mr&locale=fr").content)
    assert [item["ref"] for item in found["items"]] == [case.ref]
    assert set(Case.objects.filter(ref=case.ref).values_list("owner__code", flat=True)) == {"mr"}


@pytest.mark.parametrize("make", [make_case, make_statement, make_article])
def test_languages_come_and_go_with_their_original(client: Client, make: Any) -> None:
    item = make()
    french = translate(item, "fr")
    plural, ref = f"{item.register_type}s", item.get_ref()
    assert client.get(f"/api/v3/{plural}/{ref}/?locale=fr").status_code == 200
    french.unpublish()
    assert client.get(f"/api/v3/{plural}/{ref}/?locale=fr").status_code == 404
    assert [t["locale"] for t in json.loads(client.get(f"/api/v3/{plural}/{ref}/").content)["translations"]] == ["en"]
    publish(french)
    item.unpublish()
    assert client.get(f"/api/v3/{plural}/{ref}/?locale=fr").status_code == 410


def test_facts_of_every_language_are_the_originals(client: Client) -> None:
    statement = make_statement(countries=["TN"], themes=["torture"])
    translate(statement, "fr")
    french = json.loads(client.get(f"/api/v3/statements/{statement.ref}/?locale=fr").content)
    assert ([c["code"] for c in french["countries"]], [t["code"] for t in french["themes"]]) == (["TN"], ["torture"])
    row = Statement.objects.get(ref=statement.ref, locale__language_code="fr")
    assert (list(row.countries.all()), list(row.themes.all()), row.dated, row.kind) == ([], [], "", None)


def test_deleting_an_original_takes_its_languages_along(client: Client) -> None:
    statement = make_statement()
    translate(statement, "fr")
    statement.delete()
    assert not Entry.objects.filter(ref=statement.ref).exists()
    assert not Statement.objects.filter(ref=statement.ref).exists()


def test_a_page_that_is_renamed_stays_and_its_old_address_redirects(client: Client) -> None:
    article = make_article(slug="before")
    assert client.get("/en/tn/news/before/").status_code == 200
    article.slug = "after"
    publish(article)
    response = client.get("/en/tn/news/before/")
    assert (response.status_code, response["Location"]) == (301, "/en/tn/news/after/")
    assert client.get("/en/tn/news/after/").status_code == 200
    assert surfaces(client, article) == PUBLIC


def test_a_section_that_is_renamed_takes_its_pages_along(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    article = make_article(slug="here")
    section = NewsIndexPage.objects.child_of(front("tn")).get()
    section.slug = "press"
    with django_capture_on_commit_callbacks(execute=True):
        publish(section)
    assert Entry.objects.get(ref=article.ref).path == "/en/tn/press/here/"
    assert client.get("/en/tn/news/here/")["Location"] == "/en/tn/press/here/"


def test_a_statement_with_a_new_title_has_a_new_address(client: Client) -> None:
    statement = make_statement(title="Before")
    statement.title = "After"
    publish(statement)
    old = f"/en/statements/before-{statement.ref}/"
    assert client.get(old)["Location"] == f"/en/statements/after-{statement.ref}/"


def test_a_moved_page_stays_and_redirects(client: Client) -> None:
    article = make_article(slug="moving")
    target = NewsIndexPage.objects.child_of(front("mena")).get()
    article.move(target, pos="last-child")
    assert client.get("/en/tn/news/moving/")["Location"] == "/en/mena/news/moving/"
    assert json.loads(client.get(f"/api/v3/articles/{article.ref}/").content)["owner"]["code"] == "mena"


@pytest.mark.parametrize("level", ["page", "section", "chapter"])
def test_a_view_restriction_takes_away_what_is_below_it(client: Client, level: str) -> None:
    article = make_article(slug="secret")
    page = {"page": article, "section": article.get_parent(), "chapter": front("tn")}[level]
    restriction = PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")
    assert surfaces(client, article) == GONE
    publish(article)
    assert surfaces(client, article) == GONE
    assert client.get("/en/tn/news/secret/").status_code in {302, 404, 410}
    restriction.delete()
    assert surfaces(client, article) == PUBLIC


def test_a_move_below_a_restriction_takes_away(client: Client) -> None:
    article = make_article()
    target = NewsIndexPage.objects.child_of(front("mena")).get()
    PageViewRestriction.objects.create(page=Page.objects.get(pk=target.pk), restriction_type="login")
    article.move(target, pos="last-child")
    assert surfaces(client, article) == GONE


def test_a_copy_that_is_kept_live_is_public_by_itself(client: Client) -> None:
    article = make_article(slug="one")
    copy = article.copy(update_attrs={"slug": "two", "title": "Copy"}, keep_live=True)
    assert copy.ref != article.ref
    assert Entry.objects.filter(ref__in=[article.ref, copy.ref]).count() == 2


def test_a_copy_has_the_facts_and_a_translation_has_none(client: Client, admin: Client) -> None:
    article = make_article(slug="one", countries=["TN"], kind_id="interview", listed_on="2015-11-24")
    assert (
        admin.post(
            f"/admin/pages/{article.pk}/copy/",
            {"new_title": "Two", "new_slug": "two", "new_parent_page": article.get_parent().pk},
        )
        .headers["Location"]
        .startswith("/admin/pages/")
    )
    copy = publish(ArticlePage.objects.get(slug="two"))
    document = json.loads(client.get(f"/api/v3/articles/{copy.ref}/").content)
    assert (document["kind"]["code"], document["date"]) == ("interview", "2015-11-24")
    assert [country["code"] for country in document["countries"]] == ["TN"]
    translation = article.copy_for_translation(locale("fr"))
    assert (translation.kind, translation.listed_on, list(translation.countries.all())) == (None, "", [])


def test_deleting_a_branch(client: Client) -> None:
    article = make_article()
    Page.objects.get(pk=front("tn").pk).delete()
    assert surfaces(client, article) == GONE
    assert client.get("/api/v3/chapters/tn/").status_code == 200  # its other languages are still there


def test_a_renamed_chapter_is_renamed_everywhere(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    statement = make_statement()
    chapter = Chapter.objects.get(code="tn")
    chapter.names = {**chapter.names, "en": "Tunis"}
    with django_capture_on_commit_callbacks(execute=True):
        chapter.save()
    assert json.loads(client.get(f"/api/v3/statements/{statement.ref}/").content)["owner"]["label"] == "Tunis"
    assert json.loads(client.get("/api/v3/chapters/tn/").content)["title"] == "Tunis"


def test_a_chapter_with_a_new_parent_keeps_its_addresses(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    statement, article = make_statement(), make_article(slug="stays")
    chapter = Chapter.objects.get(code="tn")
    chapter.parent = Chapter.objects.get(code="world")
    with django_capture_on_commit_callbacks(execute=True):
        chapter.save()
    assert json.loads(client.get("/api/v3/entries/?chapter=mena&type=statement").content)["count"] == 0
    assert json.loads(client.get("/api/v3/entries/?chapter=world&type=statement").content)["count"] == 1
    assert client.get("/en/tn/news/stays/").status_code == 200
    assert (statement.ref, article.ref) == (statement.get_ref(), article.get_ref())


def test_renamed_terms(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    statement = make_statement(themes=["torture"], kind_id="report")
    for term in (Theme.objects.get(slug="torture"), Kind.objects.get(code="report")):
        term.labels = {**term.labels, "en": "Otherwise"}
        with django_capture_on_commit_callbacks(execute=True):
            term.save()
    item = json.loads(client.get(f"/api/v3/statements/{statement.ref}/").content)
    assert (item["kind"]["label"], item["themes"][0]["label"]) == ("Otherwise", "Otherwise")


def test_a_merged_theme_keeps_working_by_its_old_code(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    first, second = make_statement(themes=["torture"]), make_article(themes=["torture", "impunity"])
    old, new = Theme.objects.get(slug="torture"), Theme.objects.get(slug="impunity")
    assert dict(count_items(old)) == {"statements": 1, "articles": 1}
    with django_capture_on_commit_callbacks(execute=True):
        merge(old, into=new)
    for code in ("torture", "impunity"):
        found = json.loads(client.get(f"/api/v3/entries/?theme={code}").content)
        assert {item["ref"] for item in found["items"]} == {first.ref, second.ref}
    publish(Statement.objects.get(pk=first.pk))
    assert json.loads(client.get("/api/v3/entries/?theme=impunity").content)["count"] == 2
    assert client.get("/en/themes/torture/")["Location"] == "/en/themes/impunity/"


def test_what_is_withdrawn_is_named_nowhere_else(client: Client) -> None:
    case = make_case(title="A withdrawn title")
    statement = make_statement(body=[*body("See:"), ("reference", case.ref)])
    section = StatementsIndexPage.objects.child_of(front("mena")).get()
    section.featured = [Featured(ref=case.ref, introduction="Read this.")]
    publish(section)
    register.refresh("chapter", ["mena"])
    places = (f"/api/v3/statements/{statement.ref}/", "/api/v3/chapters/mena/", "/en/mena/statements/")
    assert all("A withdrawn title" in client.get(place).content.decode() for place in places)
    case.unpublish()
    assert not any("A withdrawn title" in client.get(place).content.decode() for place in places)


def test_publishing_fails_when_the_register_fails(monkeypatch: Any) -> None:
    case = make_case(live=False)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("search.register.save_rows", fail)
    with pytest.raises(RuntimeError):
        case.get_latest_revision().publish()
    assert Case.objects.get(pk=case.pk).live is False


def test_what_fires_no_signal_is_repaired_by_the_minute(client: Client) -> None:
    gone, back, changed = make_statement(title="Gone"), make_statement(live=False), make_statement(title="Changed")
    Statement.objects.filter(pk=gone.pk).update(live=False)
    Statement.objects.filter(pk=back.pk).update(live=True)
    Entry.objects.filter(ref=changed.ref).update(title="Wrong", etag="wrong")
    out = StringIO()
    call_command("reconcile_register", "--dry-run", stdout=out)
    assert out.getvalue().startswith("3 differences found")
    call_command("tend", stdout=StringIO())
    assert surfaces(client, gone)["detail"] == 410
    assert client.get(f"/api/v3/statements/{back.ref}/").status_code == 200
    assert Entry.objects.get(ref=changed.ref).title == "Changed"
    assert reconcile(dry_run=True).differences == 0


def test_the_admin_publishes_unpublishes_and_deletes(client: Client, admin: Client) -> None:
    statement = make_statement(live=False)
    edit = reverse(statement.snippet_viewset.get_url_name("edit"), args=[statement.pk])
    form = {
        "title": "From the admin", "summary": "", "kind": "report", "dated": "2015-11-24", "body-count": "0",
        "related-count": "0", "symbol": "", "addressee": "", "event_dated": "", "themes": "",
        "sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0", "action-publish": "1",
    }  # fmt: skip
    response = admin.post(edit, form)
    assert response.status_code == 302, response.context["form"].errors
    item = json.loads(client.get(f"/api/v3/statements/{statement.ref}/").content)
    assert (item["title"], item["kind"]["code"], item["owner"]["code"]) == ("From the admin", "report", "tn")
    admin.post(reverse(statement.snippet_viewset.get_url_name("unpublish"), args=[statement.pk]))
    assert surfaces(client, statement) == GONE


def test_the_admin_previews_a_draft(admin: Client) -> None:
    statement = make_statement(live=False, body=body("Only for us"))
    preview = admin.get(
        reverse(
            statement.snippet_viewset.get_url_name("revisions_view"), args=[statement.pk, statement.latest_revision_id]
        )
    )
    assert "Only for us" in preview.content.decode()
    article = make_article(live=False, body=body("Not yet"))
    page = admin.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))
    assert "Not yet" in page.content.decode()


def test_stock_snippet_endpoints_do_not_serve_cases_and_statements(client: Client) -> None:
    make_case()
    for path in ("/api/v3/snippets/cases.Case/", "/api/v3/snippets/cases/case/", "/api/v3/snippets/"):
        assert b"drawing" not in client.get(path).content


def test_aliases_make_no_entry(client: Client) -> None:
    article = make_article()
    before = Entry.objects.count()
    article.create_alias(parent=NewsIndexPage.objects.child_of(front("mena")).get(), update_slug="alias")
    assert Entry.objects.count() == before
    assert Change.objects.filter(ref=article.ref).count() == 1


def test_the_index_in_memory_says_what_a_new_one_would(client: Client) -> None:
    """Spliced again and again, or built at once: the same bits."""
    items = [make() for make in MAKERS]
    index.current()
    items[0].unpublish()
    index.current()
    publish(items[0])
    translate(items[3], "fr")
    make_statement(dated="2001-01-01")
    items[2].delete()
    spliced = index.current()
    index.forget()
    built = index.current()
    assert (spliced.keys, spliced.bits, {ref: set(keys) for ref, keys in spliced.by_ref.items()}, spliced.chapters) == (
        built.keys,
        built.bits,
        {ref: set(keys) for ref, keys in built.by_ref.items()},
        built.chapters,
    )


def test_pages_of_text_and_chapters_are_public_by_language(client: Client) -> None:
    tree = ChapterPage.objects.get(chapter__code="tn", locale=locale("fr"))
    tree.unpublish()
    assert json.loads(client.get("/api/v3/chapters/tn/?fallback=*").content)["locale"] == "en"
    assert client.get("/api/v3/chapters/tn/?locale=fr").status_code == 404
    assert ArticlePage.objects.count() == 0
