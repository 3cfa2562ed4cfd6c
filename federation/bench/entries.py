"""Entries of the invented articles. One is built by the type's own allow-list, the others are made after it.

Built one by one, 50 000 took seven minutes; so a sample is compared with what the allow-list says, and must not differ.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

from wagtail.models import Page

from chapters.documents import blocks_document, blocks_text
from chapters.models import ArticlePage
from chapters.register import article_things, chapter_of, labels_of, named
from federation.bench.articles import write_articles
from search import register
from search.things import Thing

SAMPLE = 25


def write_entries(total: int) -> None:
    """So many articles, and the entry of each. RuntimeError when they are not what publishing would have made."""
    template: Thing | None = None
    for articles in write_articles(total):
        template = template or next(iter(article_things([articles[0].ref])))
        register.put([_made_after(template, article) for article in articles])
    _compare_a_sample()


def _made_after(template: Thing, article: ArticlePage) -> Thing:
    """The thing that an article is: the template's facts and words where all articles agree, its own elsewhere."""
    owner, chapters, labels = _owner(article.url_path.rsplit("/", 2)[0])
    assert article.last_published_at and article.first_published_at  # noqa: S101 - just made
    version = replace(
        template.versions[0],
        title=article.title,
        summary=article.summary,
        text=blocks_text(article.body),
        path=article.url_path.replace(_home(article), "/en/", 1),
        published_at=article.first_published_at,
        updated_at=article.last_published_at,
        owner=owner,
        document={**template.versions[0].document, "body": blocks_document(article.body, lang="en")},
        basis=f"{article.live_revision_id}:{article.last_published_at.isoformat()}",
    )
    return replace(
        template,
        ref=article.ref,
        kind=article.kind_id or "news",
        translation_key=article.translation_key,
        date=date.fromisoformat(article.listed_on),
        owner=owner["code"],
        chapters=chapters,
        labels=labels,
        countries=tuple(country.code for country in article.countries.all()),
        themes=tuple(tagged.tag.slug for tagged in article.themed.all()),
        versions=(version,),
    )


@cache
def _owner(section: str) -> tuple[dict[str, str], tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Of all articles of one section: whose they are, and the codes and names they are found under."""
    chapter = chapter_of(Page.objects.get(url_path=section + "/"))
    assert chapter is not None  # noqa: S101 - every section here was opened with its chapter
    return named(chapter, "en"), tuple(chapter.codes_upwards()), labels_of(chapter)


def _home(article: ArticlePage) -> str:
    """The home page's part of a page's path in the tree: "/home-en/"."""
    return "/" + article.url_path.split("/")[1] + "/"


def _compare_a_sample() -> None:
    refs = list(ArticlePage.objects.order_by("pk").values_list("ref", flat=True))
    sample = Random(1).sample(refs, min(SAMPLE, len(refs)))  # noqa: S311 - no secret
    differing = register.differences(article_things(sample))
    if differing:
        raise RuntimeError(f"The benchmark's entries differ from published ones: {differing[:3]}.")
