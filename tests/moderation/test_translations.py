"""A translation is read by somebody else too; what readers have of it stays until its new words are approved."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cases.models import Statement
from chapters.models import ArticlePage
from chapters.moderation import reviewing
from search.models import Entry
from tests.factories import body, locale, make_article, make_statement

from .conftest import client_of, person, public

pytestmark = pytest.mark.django_db


def begin(item: Any, lang: str = "fr") -> Translation:
    """As "submit for translation" does."""
    source, _made = TranslationSource.update_or_create_from_instance(item)
    translation = Translation.objects.create(source=source, target_locale=locale(lang))
    translation.save_target(publish=False)
    return translation


def put_words(translation: Translation, words: str) -> None:
    for segment in translation.source.stringsegment_set.filter(context__path="title"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": words, "translation_type": "manual", "tool_name": "", "has_error": False},
        )


def target(translation: Translation) -> Any:
    return translation.get_target_instance()


def press(client: Client, translation: Translation, action: str) -> list[str]:
    from chapters.moderation.items import edit_url

    response = client.post(edit_url(target(translation)), {"action": action}, follow=True)
    return [str(message) for message in response.context["messages"]]


def approve(user: Any, row: Any) -> None:
    fresh = type(row).objects.get(pk=row.pk)
    reviewing.approve(fresh, user=user, reviewed=reviewing.fingerprint(fresh.get_latest_revision()))


def title(item: Any, lang: str = "fr") -> str:
    return Entry.objects.public().get(ref=item.get_ref(), locale=lang).title


def test_ready_for_review_starts_the_workflow_and_approval_publishes(committed: Any) -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    statement = make_statement(body=body("Words"))
    translation = begin(statement)
    put_words(translation, "Une faveur, non : un droit")
    with committed():
        answer = press(client_of(editor), translation, "review")[0]
    assert answer == "It is ready for review, and waits for the moderators of Tunisia."
    assert public(statement) == ["en"]
    with committed():
        approve(moderator, target(translation))
    assert (public(statement), title(statement)) == (["en", "fr"], "Une faveur, non : un droit")


def test_publish_asks_the_chapter_and_hands_in_what_needs_a_reader(committed: Any) -> None:
    moderator = person("mod", ("moderator", "tn"))
    person("other", ("moderator", "tn"))
    statement = make_statement()
    translation = begin(statement)
    put_words(translation, "Traduit")
    with committed():
        press(client_of(moderator), translation, "publish")
    assert (public(statement), target(translation).workflow_in_progress) == (["en"], True)


@pytest.mark.parametrize("make", [make_statement, make_article])
def test_no_way_of_localize_publishes_past_the_review(make: Any, committed: Any) -> None:
    from chapters.models import Chapter

    Chapter.objects.filter(code="tn").update(free_types=[])
    item, translation = make(), None
    translation = begin(item)
    with committed():
        translation.save_target(user=person("ed", ("editor", "tn")), publish=True)
    assert (public(item), target(translation).workflow_in_progress) == (["en"], True)


@pytest.mark.parametrize("make", [make_statement, make_article])
def test_new_words_wait_while_readers_keep_the_old_ones(make: Any, committed: Any, client: Client) -> None:
    from chapters.models import Chapter

    Chapter.objects.filter(code="tn").update(free_types=[])
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    item = make()
    translation = begin(item)
    put_words(translation, "Premier titre")
    with committed():
        translation.save_target(publish=True)
    assert title(item) == "Premier titre"
    put_words(translation, "Second titre")
    with committed():
        translation.save_target(user=editor, publish=True)
    row = target(translation)
    assert (public(item), title(item), row.title, row.live) == (["en", "fr"], "Premier titre", "Premier titre", True)
    assert row.get_latest_revision_as_object().title == "Second titre"
    assert "Second titre" not in client.get("/api/v2/pages/?limit=20").content.decode()
    with committed():
        approve(moderator, row)
    assert title(item) == "Second titre"


def test_what_a_chapter_has_freed_is_published_at_once_by_who_may(committed: Any) -> None:
    article = make_article()
    translation = begin(article)
    put_words(translation, "Une clinique ouvre")
    with committed():
        translation.save_target(user=person("mod", ("moderator", "tn")), publish=True)
    assert (public(article), title(article)) == (["en", "fr"], "Une clinique ouvre")


def test_a_translator_hands_in_and_does_not_publish(committed: Any) -> None:
    translator = person("tr", ("translator", "tn", {"locales": ["fr"]}))
    person("mod", ("moderator", "tn"))
    article = make_article()
    translation = begin(article)
    with committed():
        translation.save_target(user=translator, publish=True)
    assert (public(article), target(translation).workflow_in_progress) == (["en"], True)


def test_a_copy_for_translation_is_a_draft_from_the_start() -> None:
    statement = make_statement()
    copy = statement.copy_for_translation(locale("ar"))
    copy.save()
    fresh = Statement.objects.get(pk=copy.pk)
    seen = (fresh.live, fresh.live_revision, fresh.first_published_at, public(statement))
    assert seen == (False, None, None, ["en"])
    assert ArticlePage.objects.count() == 0


def test_a_translator_does_not_turn_a_published_translation_into_an_alias(committed: Any) -> None:
    with committed():
        translation = begin(make_article(title="A title"))
        put_words(translation, "Un titre")
        translation.save_target(publish=True)
    address = reverse("wagtail_localize:convert_to_alias", args=[target(translation).pk])
    translator = client_of(person("tr", ("translator", "tn", {"locales": ["fr"]})))
    assert [translator.get(address).status_code, translator.post(address).status_code] == [302, 302]
    assert (title(translation.source.get_source_instance()), target(translation).alias_of) == ("Un titre", None)
