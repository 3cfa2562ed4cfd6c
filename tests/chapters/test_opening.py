"""Opening chapters: by the command, whole or not at all, again and again."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from chapters.models import Chapter, ChapterPage
from search.changes import current
from tests.factories import front

pytestmark = pytest.mark.django_db


def open_chapter(*arguments: str) -> str:
    out = StringIO()
    call_command("open_chapter", *arguments, stdout=out)
    return out.getvalue()


ALGERIA = (
    *("dz", "--name", "fr=Algérie", "--name", "ar=الجزائر", "--level", "national", "--parent", "maghreb"),
    *("--languages", "fr,ar", "--countries", "DZ"),
)


def test_a_chapter_has_working_pages_in_each_of_its_languages(federation: object, client: Client) -> None:
    assert open_chapter(*ALGERIA).startswith("dz: opened, 14 pages")
    for lang in ("fr", "ar"):
        for section in ("", "about/", "news/", "events/", "cases/", "statements/", "contact/"):
            assert client.get(f"/{lang}/dz/{section}").status_code == 200, (lang, section)
    assert "Algérie" in client.get("/fr/dz/").content.decode()
    assert client.get("/en/dz/").status_code == 404
    assert front("dz", "fr").get_parent().depth == 2


def test_running_it_again_changes_nothing(federation: object) -> None:
    open_chapter(*ALGERIA)
    counts = [
        model.objects.count() for model in (Page, Group, Collection, GroupPagePermission, GroupCollectionPermission)
    ]
    sequence = current()[0]
    assert open_chapter(*ALGERIA) == "dz: everything is there already, nothing was changed.\n"
    after = [
        model.objects.count() for model in (Page, Group, Collection, GroupPagePermission, GroupCollectionPermission)
    ]
    assert (after, current()[0]) == (counts, sequence)


def test_running_it_again_repairs(federation: object) -> None:
    open_chapter(*ALGERIA)
    GroupPagePermission.objects.filter(group__name="dz: editors").delete()
    front("dz", "ar").get_children().get(slug="news").delete()
    # In each of two languages: add and change on the front, publish on what the chapter's policy frees.
    assert open_chapter("dz").startswith("dz: repaired, 1 pages and 12 grants")


def test_an_open_chapter_gets_a_further_language(federation: object) -> None:
    open_chapter(*ALGERIA)
    assert open_chapter("dz", "--languages", "en").startswith("dz: repaired, 7 pages")
    assert set(ChapterPage.objects.filter(chapter__code="dz").values_list("locale__language_code", flat=True)) == {
        "fr",
        "ar",
        "en",
    }


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"--level": "continental"},
            "There is no level “continental”. Levels: federation, regional, sub-regional, national.",
        ),
        ({"--parent": "magreb"}, "There is no chapter “magreb”. Did you mean “maghreb”?"),
        ({"--languages": "fr,xx"}, "Content cannot be in “xx”"),
        ({"--languages": "pt"}, "The site has no home page in “pt”. It has: ar, en, es, fr."),
        ({"--countries": "DZZ"}, "There is no country “DZZ”"),
        ({"--level": "sub-regional"}, "A sub-regional chapter stands under: regional."),
        ({"--level": "federation", "--parent": ""}, "one_federation"),
        ({"--parent": ""}, "Only the federation stands under nobody. Choose a parent."),
        ({"code": "statements"}, "“statements” is a word of the site's own addresses."),
        ({"code": "DZ!"}, "A code has 2 to 32 lower-case letters"),
    ],
)
def test_a_wrong_argument_says_so_and_leaves_nothing(
    federation: object, changed: dict[str, str], sentence: str
) -> None:
    arguments = list(ALGERIA)
    for name, value in changed.items():
        arguments[0 if name == "code" else arguments.index(name) + 1] = value
    before = (Chapter.objects.count(), Page.objects.count(), Group.objects.count(), Collection.objects.count())
    with pytest.raises(CommandError) as error:
        open_chapter(*arguments)
    assert sentence in str(error.value)
    assert (Chapter.objects.count(), Page.objects.count(), Group.objects.count(), Collection.objects.count()) == before


def test_a_failure_in_the_middle_leaves_nothing(federation: object, monkeypatch: Any) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("no grants today")

    monkeypatch.setattr("chapters.opening.provision", fail)
    before = (Chapter.objects.count(), Page.objects.count(), current()[0])
    with pytest.raises(RuntimeError):
        open_chapter(*ALGERIA)
    assert (Chapter.objects.count(), Page.objects.count(), current()[0]) == before


def test_paths_follow_a_new_parent_through_the_whole_branch(federation: object) -> None:
    maghreb = Chapter.objects.get(code="maghreb")
    maghreb.parent, maghreb.level = Chapter.objects.get(code="world"), "regional"
    maghreb.save()
    assert set(maghreb.below().values_list("path", flat=True)) == {
        "world/maghreb",
        "world/maghreb/tn",
        "world/maghreb/mr",
    }


def test_a_chapter_cannot_stand_under_itself(federation: object) -> None:
    from django.core.exceptions import ValidationError

    mena = Chapter.objects.get(code="mena")
    mena.level, mena.parent = "national", Chapter.objects.get(code="maghreb")
    with pytest.raises(ValidationError, match="cannot stand under itself"):
        mena.full_clean(exclude=["path"])


def test_page_tree_rules(federation: object) -> None:
    from chapters.models import AboutPage, ArticlePage, NewsIndexPage

    tunisia = front("tn")
    news = NewsIndexPage.objects.child_of(tunisia).get()
    assert ChapterPage.can_exist_under(tunisia.get_parent())
    assert not ChapterPage.can_exist_under(tunisia)
    assert not ChapterPage.can_create_at(tunisia.get_parent())
    assert ArticlePage.can_exist_under(news)
    assert not ArticlePage.can_exist_under(tunisia)
    assert AboutPage.can_exist_under(tunisia)
    assert not AboutPage.can_exist_under(news)
