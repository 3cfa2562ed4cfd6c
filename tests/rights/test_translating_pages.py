"""Translating a page never makes or publishes another chapter's case or statement."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.blocks import ChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator, translate_object

from cases.models import Case, Statement
from chapters import documents
from chapters.fence.actions import fenced_models
from chapters.models import AboutPage, ArticlePage, Featured, StatementsIndexPage
from search.models import Entry
from tests.factories import body, front, locale, make_article, make_case, make_person, make_statement, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign() -> dict[str, Any]:
    """What another chapter has: a public statement with a newer draft, and a draft of a case."""
    shown = make_statement("fr", "en", title="Published")
    shown.title = "A correction nobody has read"
    shown.save_revision()
    return {"shown": shown, "draft": make_case("fr", "en", live=False, title="Nobody knows")}


@pytest.fixture
def session(foreign: Any) -> Client:
    """A moderator of the chapter that refers to it."""
    client = Client()
    client.force_login(make_person("moderator", ("moderator", "tn"), ("translator", "tn", {"locales": ["fr", "ar"]})))
    return client


def referring(foreign: dict[str, Any], **given: Any) -> dict[str, Any]:
    """A text and a list that name both."""
    blocks = [("reference", foreign["shown"].ref), ("reference", foreign["draft"].ref)]
    return {"body": [*body("Words"), *blocks], "related": blocks, **given}


def state() -> list[Any]:
    """Everything there is of cases and statements, for readers too."""
    fields = ("pk", "ref", "locale", "title", "live", "latest_revision", "live_revision", "has_unpublished_changes")
    rows = [list(model.objects.order_by("pk").values_list(*fields)) for model in (Case, Statement)]
    entries = list(Entry.objects.filter(type__in=("case", "statement")).order_by("pk").values_list("ref", "locale"))
    sources = TranslationSource.objects.filter(specific_content_type__app_label="cases").count()
    return [*rows, entries, sources]


def submit(session: Client, page: Any, *languages: str) -> None:
    """As the screen of wagtail-localize does."""
    sent = {"locales": [locale(code).pk for code in languages], "include_subtree": "on"}
    answer = session.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), sent)
    assert answer.status_code == 302
    assert Translation.objects.filter(source__object_id=page.translation_key).count() == len(languages)


def translations(page: Any) -> list[tuple[str, bool]]:
    found = page.get_translations().order_by("locale__language_code")
    return [(one.locale.language_code, one.live) for one in found]


def test_an_article_that_refers_to_it_is_submitted_without_it(session: Client, foreign: Any) -> None:
    page = make_article("tn", **referring(foreign))
    before = state()
    submit(session, page, "fr", "ar")
    assert (translations(page), state()) == ([("ar", False), ("fr", False)], before)
    french = page.get_translation(locale("fr"))
    assert [str(block.value) for block in french.body if block.block_type == "reference"] == [
        foreign["shown"].ref,
        foreign["draft"].ref,
    ]


def test_its_translation_is_published_without_it(
    session: Client, foreign: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_article("tn", **referring(foreign))
    submit(session, page, "fr")
    before = state()
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get().save_target(user=None, publish=True)
    assert (translations(page), state()) == ([("fr", True)], before)
    document = Entry.objects.get(ref=page.ref, locale="fr").document
    assert ("Published" in document, "nobody" in document.lower()) == (True, False)


def test_a_section_that_features_it_and_all_below_it_are_translated_without_it(session: Client, foreign: Any) -> None:
    section = StatementsIndexPage.objects.child_of(front("tn")).get()
    section.featured.add(Featured(ref=foreign["shown"].ref, introduction="Read this"))
    publish(section)
    before = state()
    TranslationCreator(None, [locale("fr"), locale("ar")]).create_translations(section)
    assert state() == before
    about = AboutPage(title="Who we are", body=[*body("We"), ("reference", foreign["shown"].ref)])
    front("tn").add_child(instance=about)
    below = AboutPage(title="Goals", body=[("reference", foreign["draft"].ref)])
    about.add_child(instance=below)
    submit(session, about, "fr")
    assert (translations(below), state()) == ([("fr", False)], before)


def test_an_alias_of_a_page_that_refers_to_it_makes_nothing_of_it(session: Client, foreign: Any) -> None:
    page = make_article("tn", **referring(foreign))
    before = state()
    parent = page.get_parent().get_translation(locale("fr"))
    alias = CreatePageAliasAction(page, parent=parent, update_slug="alias").execute(skip_permission_checks=True)
    page.title = "Another title"
    publish(page)
    assert (ArticlePage.objects.get(pk=alias.pk).title, state()) == ("Another title", before)


def test_languages_that_are_kept_in_step_make_nothing_of_it(session: Client, foreign: Any) -> None:
    from wagtail_localize.synctree import create_aliases_for_new_page

    LocaleSynchronization.objects.create(locale=locale("fr"), sync_from=locale("en"))
    page = make_article("tn", **referring(foreign))
    before = state()
    create_aliases_for_new_page(page)
    assert Page.objects.filter(alias_of=page.pk).count() == 1
    assert state() == before


@pytest.fixture
def chooser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A block of a project of its own, by which a page chooses a statement itself."""
    monkeypatch.setitem(documents._DOCUMENTS, "statement", lambda value, lang: {"ref": value.ref})
    blocks = AboutPage._meta.get_field("body").stream_block.child_blocks
    block = SnippetChooserBlock(Statement)
    block.set_name("statement")
    blocks["statement"] = block
    yield
    del blocks["statement"]


def choosing(statement: Any) -> Any:
    about = AboutPage(title="Who we are", body=[*body("We"), ("statement", statement)])
    front("tn").add_child(instance=about)
    return about


def test_even_what_a_chooser_holds_is_left_alone(
    session: Client, foreign: Any, chooser: None, django_capture_on_commit_callbacks: Any
) -> None:
    about = choosing(foreign["shown"])
    before = state()
    submit(session, about, "fr")
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get().save_target(user=None, publish=True)
    french = about.get_translation(locale("fr"))
    chosen = [block.value for block in french.body if block.block_type == "statement"]
    assert (translations(about), chosen, state()) == ([("fr", True)], [foreign["shown"]], before)


def test_without_the_guard_a_chooser_drags_it_along(
    foreign: Any, chooser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded: Any = TranslationCreator.create_translations
    monkeypatch.setattr(TranslationCreator, "create_translations", guarded.__wrapped__)
    translate_object(choosing(foreign["shown"]), [locale("fr")])
    assert Statement.objects.filter(locale__language_code="fr").count() == 1


def targets(block: Any) -> Iterator[Any]:
    """Models that are chosen anywhere in a block."""
    if isinstance(block, ChooserBlock):
        yield block.target_model
    for child in getattr(block, "child_blocks", {}).values():
        yield from targets(child)
    if hasattr(block, "child_block"):
        yield from targets(block.child_block)


def test_no_page_of_ours_chooses_an_item() -> None:
    chosen = {
        (model.__name__, field.name): target
        for model in get_page_models()
        for field in model._meta.get_fields()
        for target in (targets(field.stream_block) if isinstance(field, StreamField) else [field.related_model])
        if isinstance(target, type) and issubclass(target, fenced_models()) and not field.auto_created
    }
    assert chosen == {}
    assert fenced_models() == (Case, Statement)
