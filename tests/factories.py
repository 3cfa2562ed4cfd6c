"""A federation for tests: invented, small, made the way editors make it."""

from datetime import UTC, datetime
from typing import Any

from wagtail.models import Locale, Site

from cases.models import Case, Statement
from chapters.models import ArticlePage, Chapter, ChapterPage, EventPage, EventsIndexPage, NewsIndexPage
from chapters.opening import open_chapter
from federation.vocabulary.models import Country, Theme
from home.opening import open_site

CHAPTERS: tuple[tuple[str, str, str, dict[str, str], str, str], ...] = (
    ("world", "federation", "", {"en": "Federation", "fr": "Fédération", "ar": "الاتحاد"}, "en,fr,ar", ""),
    ("mena", "regional", "world", {"en": "Middle East and North Africa"}, "en", ""),
    ("maghreb", "sub-regional", "mena", {"en": "Maghreb", "fr": "Maghreb"}, "fr,en", ""),
    ("tn", "national", "maghreb", {"en": "Tunisia", "fr": "Tunisie", "ar": "تونس"}, "en,fr,ar", "TN"),
    ("mr", "national", "maghreb", {"ar": "موريتانيا", "fr": "Mauritanie"}, "ar,fr", "MR"),
    ("fr", "national", "world", {"fr": "France"}, "fr", "FR"),
)


def make_federation() -> dict[str, Chapter]:
    """The site and its chapters, by code."""
    open_site()
    Site.clear_site_root_paths_cache()
    return {
        code: open_chapter(
            code,
            names=names,
            level=level,
            parent=parent,
            languages=languages.split(","),
            countries=[country for country in countries.split(",") if country],
        ).chapter
        for code, level, parent, names, languages, countries in CHAPTERS
    }


def locale(code: str) -> Locale:
    """A locale; made when it does not exist."""
    return Locale.objects.get_or_create(language_code=code)[0]


def front(chapter: str, lang: str = "en") -> ChapterPage:
    """A chapter's page in a language."""
    return ChapterPage.objects.get(chapter__code=chapter, locale__language_code=lang)


def body(*paragraphs: str) -> list[tuple[str, Any]]:
    """A text of paragraphs."""
    from wagtail.rich_text import RichText

    return [("paragraph", RichText(f"<p>{paragraph}</p>")) for paragraph in paragraphs]


def publish(item: Any) -> Any:
    """Publish what the row says, as the button does; the row as it is afterwards."""
    item.save_revision().publish()
    item.refresh_from_db()
    return item


def _page(parent: Any, model: Any, facts: dict[str, Any], live: bool) -> Any:
    countries, themes = facts.pop("countries", ()), facts.pop("themes", ())
    page = model(live=False, **facts)
    parent.add_child(instance=page)
    page.countries.set(Country.objects.filter(code__in=countries))
    page.themes.set(Theme.objects.filter(slug__in=themes))
    if live:
        return publish(page)
    page.save_revision()
    return page


def make_article(chapter: str = "tn", lang: str = "en", *, live: bool = True, **given: Any) -> ArticlePage:
    """An article in a chapter's news."""
    parent = NewsIndexPage.objects.child_of(front(chapter, lang)).get()
    facts = {
        "title": "A clinic opens",
        "summary": "On Saturdays.",
        "listed_on": "2015-11-20",
        "body": body("Come in."),
        **given,
    }
    return _page(parent, ArticlePage, facts, live)


def make_event(chapter: str = "tn", lang: str = "en", *, live: bool = True, **given: Any) -> EventPage:
    """An event of a chapter."""
    parent = EventsIndexPage.objects.child_of(front(chapter, lang)).get()
    start = datetime(2030, 5, 3, 9, tzinfo=UTC)
    facts = {"title": "Assembly", "listed_on": "2015-11-21", "start": start, "time_zone": "Africa/Tunis", **given}
    return _page(parent, EventPage, facts, live)


def _item(model: Any, facts: dict[str, Any], live: bool) -> Any:
    countries, themes = facts.pop("countries", ()), facts.pop("themes", ())
    item = model(live=False, **facts)
    item.save()
    item.countries.set(Country.objects.filter(code__in=countries))
    item.themes.set(Theme.objects.filter(slug__in=themes))
    item.save()
    if live:
        return publish(item)
    item.save_revision()
    return item


def make_statement(chapter: str = "tn", lang: str = "en", *, live: bool = True, **given: Any) -> Statement:
    """A statement of a chapter, public once live."""
    facts = {
        "title": "No favour, a right",
        "summary": "Two bills.",
        "kind_id": "statement",
        "dated": "2015-11-24",
        **given,
    }
    return _item(Statement, {"owner": Chapter.objects.get(code=chapter), "locale": locale(lang), **facts}, live)


def make_case(chapter: str = "tn", lang: str = "en", *, live: bool = True, **given: Any) -> Case:
    """A case of a chapter; public unless `visibility` is given."""
    facts = {
        "title": "A drawing of a boat",
        "summary": "Third hearing.",
        "kind_id": "case",
        "dated": "2015-11-22",
        **given,
    }
    facts.setdefault("visibility", "public")
    return _item(Case, {"owner": Chapter.objects.get(code=chapter), "locale": locale(lang), **facts}, live)


def translate(item: Any, lang: str, *, live: bool = True, **words: Any) -> Any:
    """A translation with these words, published unless told otherwise."""
    copy = item.copy_for_translation(locale(lang))
    for name, value in {"title": f"{item.title} [{lang}]", **words}.items():
        setattr(copy, name, value)
    copy.save()
    if live:
        return publish(copy)
    copy.save_revision()
    return copy


def make_person(name: str, *roles: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> Any:
    """Somebody who has these roles: (role, chapter) or (role, chapter, {"locales": ..., "below": ...})."""
    from django.contrib.auth import get_user_model

    from chapters.roles import give_role

    user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
    for role, chapter, *more in roles:
        given: dict[str, Any] = more[0] if more else {}
        give_role(user, role, Chapter.objects.get(code=chapter), by=None, **given)
    return user
