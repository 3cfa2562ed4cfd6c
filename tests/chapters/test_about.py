"""What organisations really write about themselves is typed in without loss."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from chapters.blocks import ABOUT
from chapters.models import AboutPage
from chapters.words import check_words_and_facts, declared, own_fields
from tests.factories import front, locale, publish

pytestmark = pytest.mark.django_db


def about(blocks: list[Any]) -> AboutPage:
    page = AboutPage.objects.child_of(front("tn")).get(slug="about")
    page.body = blocks
    return publish(page)


def body_of(client: Client, page: AboutPage) -> list[dict[str, Any]]:
    return json.loads(client.get(f"/api/v3/entries/{page.ref}/").content)["body"]


def item(number: str, text: str) -> dict[str, Any]:
    return {"number": number, "text": RichText(f"<p>{text}</p>")}


def question(text: str, numbers: list[str]) -> tuple[str, dict[str, Any]]:
    items = [item(number, f"Activity {number}") for number in numbers]
    return "question_and_answer", {"question": text, "answer": RichText("<p>We</p>"), "items": items, "anchor": ""}


def test_eighteen_activities_under_three_questions(federation: object, client: Client) -> None:
    questions = ["What do we do?", "How do we do it?", "With whom?"]
    groups = [[str(n) for n in range(1, 8)], [str(n) for n in range(8, 14)], [str(n) for n in range(14, 19)]]
    page = about([question(text, numbers) for text, numbers in zip(questions, groups, strict=True)])
    body = body_of(client, page)
    assert [(block["question"], [i["number"] for i in block["items"]]) for block in body] == list(
        zip(questions, groups, strict=True)
    )
    assert [block["anchor"] for block in body] == ["what-do-we-do", "how-do-we-do-it", "with-whom"]
    html = client.get("/en/tn/about/").content.decode()
    assert 'id="with-whom"' in html
    assert html.count("Activity ") == 18


def statute(chapters: list[Any]) -> list[Any]:
    value = {"title": "Statute", "version": "in-force", "dated": "1998", "chapters": chapters, "anchor": ""}
    return [("statute", value)]


def article(number: str, clauses: list[tuple[str, str]], title: str = "") -> dict[str, Any]:
    return {
        "number": number,
        "title": title,
        "text": RichText(""),
        "clauses": [{"number": n, "text": RichText(f"<p>{t}</p>")} for n, t in clauses],
    }


def test_an_article_4_without_1_to_3(federation: object, client: Client) -> None:
    four = article("Article 4", [("(a)", "Members elect."), ("(c)", "The board reports.")], title="Organs")
    page = about(statute([{"number": "", "title": "", "text": RichText(""), "articles": [four]}]))
    (chapter,) = body_of(client, page)[0]["chapters"]
    (found,) = chapter["articles"]
    assert (chapter["number"], found["number"], found["title"], found["anchor"]) == (
        "",
        "Article 4",
        "Organs",
        "statute-article-4",
    )
    assert [(c["number"], c["anchor"], c["html"]) for c in found["clauses"]] == [
        ("(a)", "statute-article-4-a", "<p>Members elect.</p>"),
        ("(c)", "statute-article-4-c", "<p>The board reports.</p>"),
    ]
    html = client.get("/en/tn/about/").content.decode()
    assert 'id="statute-article-4-c"' in html
    assert "Article 1" not in html


def test_the_numbered_objectives_of_the_second_chapter(federation: object, client: Client) -> None:
    objectives = [article(str(number), [], title=f"Objective {number}") for number in (1, 2, 3)]
    second = {
        "number": "Chapter two",
        "title": "Objectives",
        "text": RichText("<p>To this end:</p>"),
        "articles": objectives,
    }
    page = about(statute([second]))
    (chapter,) = body_of(client, page)[0]["chapters"]
    assert (chapter["number"], chapter["title"], chapter["html"], chapter["anchor"]) == (
        "Chapter two",
        "Objectives",
        "<p>To this end:</p>",
        "statute-chapter-two",
    )
    assert [(a["number"], a["anchor"]) for a in chapter["articles"]] == [
        (str(number), f"statute-chapter-two-{number}") for number in (1, 2, 3)
    ]


def test_a_list_may_stop_early_and_a_glossary_has_acronyms(federation: object, client: Client) -> None:
    goals = {"title": "Goals", "items": [item("4.", "Four"), item("4 bis", "And a half")], "anchor": ""}
    term = {
        "term": "woman human rights defender",
        "acronym": "WHRD",
        "definition": RichText("<p>She.</p>"),
        "anchor": "",
    }
    body = body_of(client, about([("list", goals), ("glossary_term", term)]))
    assert [i["number"] for i in body[0]["items"]] == ["4.", "4 bis"]
    assert (body[1]["acronym"], body[1]["anchor"]) == ("WHRD", "woman-human-rights-defender")


def test_an_anchor_is_given_once_and_stays_when_the_question_changes() -> None:
    from wagtail.blocks import StreamBlock

    block = StreamBlock(ABOUT)
    value = StreamValue(block, [question("What do we do?", ["1"])])
    cleaned = block.clean(value)
    assert cleaned[0].value["anchor"] == "what-do-we-do"
    cleaned[0].value["question"] = "What is it that we do?"
    assert block.clean(cleaned)[0].value["anchor"] == "what-do-we-do"


def test_two_parts_never_share_an_anchor(federation: object, client: Client) -> None:
    page = about([question("Why?", []), question("Why?", [])])
    assert [block["anchor"] for block in body_of(client, page)] == ["why", "why-2"]


def test_rich_text_is_clean_and_links_carry_ref_and_address(federation: object, client: Client) -> None:
    target = front("mr", "fr")
    draft = AboutPage(title="Draft", slug="draft", live=False)
    front("tn").add_child(instance=draft)
    source = (
        f'<p>See <a linktype="page" id="{target.pk}">them</a>, <a linktype="page" id="{draft.pk}">not this</a>, '
        '<a href="https://example.org/" onclick="x()">that</a><script>x</script></p>'
    )
    page = about([("paragraph", RichText(source))])
    assert body_of(client, page)[0]["html"] == (
        '<p>See <a data-ref="mr" href="http://127.0.0.1:8000/fr/mr/" hreflang="fr">them</a>, not this, '
        '<a href="https://example.org/">that</a></p>'
    )


def test_every_field_is_declared_and_a_new_one_is_refused(monkeypatch: Any) -> None:
    assert check_words_and_facts() == []
    monkeypatch.setattr(AboutPage, "words", ("title", "slug", "summary"))
    assert [message.id for message in check_words_and_facts()] == ["federation.E010"]
    assert own_fields(AboutPage) - declared(AboutPage) == {"body"}


def test_localize_makes_a_translation_with_words_only(
    federation: object, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    """Submitted, translated and published by wagtail-localize: no fact reaches its segments."""
    from wagtail_localize.models import StringSegment, Translation, TranslationSource

    from tests.factories import make_statement

    statement = make_statement(countries=["TN"], themes=["torture"], symbol="OHF/1")
    get_user_model().objects.create_superuser("admin", "a@example.org", "x")
    source, _ = TranslationSource.update_or_create_from_instance(statement)
    segments = set(StringSegment.objects.filter(source=source).values_list("string__data", flat=True))
    assert segments == {"No favour, a right", "Two bills."}
    translation = Translation.objects.create(source=source, target_locale=locale("fr"))
    with django_capture_on_commit_callbacks(execute=True):  # wagtail-localize publishes after the commit
        translation.save_target(publish=True)
    found = json.loads(client.get(f"/api/v3/statements/{statement.ref}/?locale=fr").content)
    assert (found["locale"], found["symbol"], found["countries"][0]["code"]) == ("fr", "OHF/1", "TN")
    translation.save_target(publish=False)
    assert client.get(f"/api/v3/statements/{statement.ref}/?locale=fr").status_code in {200, 404}
