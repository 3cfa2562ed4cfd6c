"""Invented articles as real pages of real chapters, their rows written in bulk."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.db.models.sql import InsertQuery
from wagtail.models import Page, Revision, Site
from wagtail.rich_text import RichText

from chapters.models import ArticlePage, NewsIndexPage
from chapters.models.content import ThemedArticle
from chapters.opening import open_chapter
from federation.vocabulary.models import Country, Theme
from home.opening import open_site

BATCH = 500
# A last day, not today's: two runs make the same data, and nothing is "new" in the one only.
LAST_DAY = datetime(2026, 6, 30, 12, tzinfo=UTC)
CHAPTERS = (
    ("world", "federation", "", ""),
    ("mena", "regional", "world", ""),
    ("maghreb", "sub-regional", "mena", ""),
    ("tn", "national", "maghreb", "TN"),
    ("mr", "national", "maghreb", "MR"),
    ("ma", "national", "maghreb", "MA"),
    ("fr", "national", "world", "FR"),
)
# Most items are of one country and one kind, so that 2 000 of 5 000 can be skipped in the filtered list.
COUNTRIES = ("TN", "TN", "TN", "TN", "TN", "MR", "MA", "FR")
KINDS = (*["news"] * 8, "interview", "opinion", "story")
WORDS = [
    "clinic",
    "court",
    "hearing",
    "school",
    "water",
    "union",
    "press",
    "harbour",
    "teacher",
    "market",
    "permit",
    "letter",
    "road",
    "visit",
    "archive",
]


class Vocabulary(NamedTuple):
    """Rows that articles point to."""

    countries: dict[str, Country]
    themes: list[Theme]


def open_federation() -> None:
    """The site, and a few chapters in English; nothing is done for those that are open."""
    open_site()
    Site.clear_site_root_paths_cache()
    for code, level, parent, country in CHAPTERS:
        open_chapter(
            code,
            names={"en": code.title()},
            level=level,
            parent=parent,
            languages=["en"],
            countries=[country] if country else [],
        )


def write_articles(total: int) -> Iterator[list[ArticlePage]]:
    """Add articles until there are so many; yields them in batches, each in one transaction with what is done to it.

    The same number is always the same text, date, country, kind and place.
    """
    sections = list(NewsIndexPage.objects.order_by("path"))
    vocabulary = Vocabulary(
        {country.code: country for country in Country.objects.filter(code__in=COUNTRIES)},
        list(Theme.objects.order_by("slug")[:20]),
    )
    for numbers in _batches(range(ArticlePage.objects.count(), total)):
        with transaction.atomic():
            articles = [_article(number, sections[number % len(sections)], vocabulary) for number in numbers]
            insert_pages(articles)
            _insert_relations(articles)
            _insert_revisions(articles)
            yield articles
    for section in sections:
        below = Page.objects.filter(path__startswith=section.path, depth=section.depth + 1)
        Page.objects.filter(pk=section.pk).update(numchild=below.count())


def _batches(items: Any) -> Iterator[Any]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _article(number: int, section: NewsIndexPage, vocabulary: Vocabulary) -> ArticlePage:
    random = Random(number)  # noqa: S311 - invented text
    title = f"{random.choice(WORDS).title()} and {random.choice(WORDS)}, {number}"
    published = LAST_DAY - timedelta(hours=number)
    paragraphs = [" ".join(random.choices(WORDS, k=60)) for _ in range(4)]
    article = ArticlePage(
        title=title,
        draft_title=title,
        slug=f"article-{number}",
        summary=" ".join(random.choices(WORDS, k=20)),
        body=[("paragraph", RichText(f"<p>{paragraph}.</p>")) for paragraph in paragraphs],
        listed_on=published.date().isoformat(),
        kind_id=random.choice(KINDS),
        locale=section.locale,
        translation_key=UUID(int=random.getrandbits(128), version=4),
        content_type=ContentType.objects.get_for_model(ArticlePage),
        path=Page._get_path(section.path, section.depth + 1, number + 1),
        depth=section.depth + 1,
        url_path=f"{section.url_path}article-{number}/",
        live=True,
        first_published_at=published,
        last_published_at=published,
        latest_revision_created_at=published,
    )
    article.ref = article.get_ref()
    article.countries = [vocabulary.countries[random.choice(COUNTRIES)]]
    article.themed = [ThemedArticle(tag=random.choice(vocabulary.themes))]  # type: ignore[misc]
    return article


def insert_pages(articles: list[ArticlePage]) -> None:
    """Write articles that have a place in the tree.

    `bulk_create` refuses models with a parent table: the parents' rows first, then the children's.
    """
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    pages = Page.objects.bulk_create([Page(**{name: getattr(a, name) for name in names}) for a in articles])
    for article, page in zip(articles, pages, strict=True):
        article.pk = article.id = article.page_ptr_id = page.pk
    _insert_rows(ArticlePage, articles)


def _insert_rows(model: type[Model], rows: list[Any]) -> None:
    fields = model._meta.local_concrete_fields
    for start in range(0, len(rows), 50):
        query = InsertQuery(model)
        query.insert_values(fields, rows[start : start + 50], raw=True)
        query.get_compiler(using="default").execute_sql()


def _insert_relations(articles: list[ArticlePage]) -> None:
    through = ArticlePage.countries.through
    through.objects.bulk_create(
        [through(articlepage_id=a.pk, country_id=country.pk) for a in articles for country in a.countries.all()]
    )
    ThemedArticle.objects.bulk_create(
        [ThemedArticle(content_object_id=a.pk, tag_id=tagged.tag_id) for a in articles for tagged in a.themed.all()]
    )


def _insert_revisions(articles: list[ArticlePage]) -> None:
    """Each is published from a revision, as by hand: public words are read from there."""
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=a.content_type,
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id=str(a.pk),
                created_at=a.last_published_at,
                object_str=a.title,
                content=a.serializable_data(),
            )
            for a in articles
        ]
    )
    pages = [
        Page(pk=article.pk, live_revision=revision, latest_revision=revision)
        for article, revision in zip(articles, revisions, strict=True)
    ]
    Page.objects.bulk_update(pages, ["live_revision", "latest_revision"], batch_size=BATCH)
