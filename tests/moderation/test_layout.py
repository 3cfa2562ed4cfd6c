"""Fronts and sections are how a chapter is laid out: nobody reviews them, and no button leads to a reviewer."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from chapters.models import CasesIndexPage, NewsIndexPage, Review
from tests.factories import front, make_article
from tests.moderation.test_translations import begin, press, target

from .conftest import client_of, person

pytestmark = pytest.mark.django_db


def sent(client: Client, address: str, **values: str) -> dict[str, Any]:
    """What a form would send as it is shown."""
    form = client.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields if isinstance(form[name].value(), str)}
    for formset in form.formsets.values():
        given |= {f"{formset.prefix}-TOTAL_FORMS": "0", f"{formset.prefix}-INITIAL_FORMS": "0"}
    streams = ("front", "body", "menu", "links", "footer_links", "related", "organisers", "partners")
    return {**given, **{f"{name}-count": "0" for name in streams}, **values}


def buttons(client: Client, address: str) -> set[str]:
    """Names of what the form of a page offers beside saving."""
    page = client.get(address).content.decode()
    names = ("action-submit", "action-publish", "action-restart-workflow", "action-cancel-workflow")
    return {name for name in names if f'name="{name}"' in page}


def edit(page: Any) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def pages_of(chapter: str) -> list[Any]:
    """Everything that a chapter has been opened with, in English."""
    return list(Page.objects.descendant_of(front(chapter), inclusive=True).specific())


def test_every_button_that_an_editor_is_offered_works() -> None:
    editor = client_of(person("ed", ("editor", "tn")))
    person("mod", ("moderator", "tn"))
    make_article()
    offered = {}
    for page in pages_of("tn"):
        offered[type(page).__name__] = buttons(editor, edit(page))
        # Published first: what is being reviewed is published by its approval alone.
        for name in ("", *sorted(offered[type(page).__name__])):
            values = {name: "1"} if name else {}
            answer = editor.post(edit(page), sent(editor, edit(page), **values), follow=True)
            said = [message.level_tag for message in answer.context["messages"]]
            assert (answer.status_code, "error" in said, said[:1]) == (200, False, ["success"]), (page, name, said)
    # What its chapter lets an editor publish, its section is too.
    free, kept = {"action-publish"}, set[str]()
    assert {name: of for name, of in offered.items() if name.endswith("IndexPage") or name == "ChapterPage"} == {
        "ChapterPage": kept,
        "NewsIndexPage": free,
        "EventsIndexPage": free,
        "CasesIndexPage": kept,
        "StatementsIndexPage": kept,
    }
    assert offered["ArticlePage"] == {"action-publish", "action-submit"}


def test_who_may_not_publish_a_section_reads_who_does() -> None:
    editor = client_of(person("ed", ("editor", "tn")))
    moderator = client_of(person("mod", ("moderator", "tn")))
    said = "Such a page is published by the moderators of Tunisia (mod): tell them."
    section = CasesIndexPage.objects.child_of(front("tn")).get()
    for page in (front("tn"), section):
        assert said in editor.get(edit(page)).content.decode()
        assert said not in moderator.get(edit(page)).content.decode()
    assert said not in editor.get(edit(make_article())).content.decode()


def test_a_front_that_is_sent_to_review_all_the_same_is_a_draft() -> None:
    editor = client_of(person("ed", ("editor", "tn")))
    values = {"title": "Tunisia anew", "action-submit": "1"}
    editor.post(edit(front("tn")), sent(editor, edit(front("tn")), **values))
    page = front("tn")
    assert (page.draft_title, page.current_workflow_state, Review.objects.count()) == ("Tunisia anew", None, 0)


def test_a_new_section_is_not_submitted_a_new_article_is() -> None:
    editor = client_of(person("ed", ("editor", "tn")))
    section = NewsIndexPage.objects.child_of(front("tn")).get()
    place = f"/admin/pages/add/chapters/newsindexpage/{front('tn').pk}/"
    assert buttons(editor, place) == set()
    assert "action-submit" in buttons(editor, f"/admin/pages/add/chapters/articlepage/{section.pk}/")
    values = {"title": "More news", "slug": "more-news", "action-submit": "1"}
    editor.post(place, sent(editor, place, **values))
    page = NewsIndexPage.objects.get(slug="more-news")
    assert (page.live, page.current_workflow_state) == (False, None)


def test_the_translation_of_a_section_is_a_draft_until_a_moderator_publishes_it(committed: Any) -> None:
    translator = client_of(person("tr", ("translator", "tn", {"locales": ["fr"]})))
    person("mod", ("moderator", "tn"))
    section = CasesIndexPage.objects.child_of(front("tn")).get()
    CasesIndexPage.objects.child_of(front("tn", "fr")).get().delete()
    translation = begin(section)
    with committed():
        said = press(translator, translation, "review")
    assert said[0] == "It is saved as a draft. Such a page is published by the moderators of Tunisia."
    assert (target(translation).live, Review.objects.count()) == (False, 0)
    page = translator.get(edit(target(translation))).content.decode()
    assert ("Ready for review" in page, "moderators of the chapter publish it" in page) == (False, True)
