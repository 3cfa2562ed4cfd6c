"""Wagtail's own search on the same texts: pages of one model, its index told of title, summary and text.

It is asked for a page of twenty and the count, nothing more: no facets, no passages, other types not looked at. What
takes too long is given up.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import Error, connection, transaction
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Phrase

from chapters.models import ArticlePage, NewsIndexPage
from federation.bench.articles import insert_pages, open_federation

from .invented import things

# Seconds that indexing may take, and one question.
INDEXING, QUESTION = 300, 10
ROUNDS, BATCH = 5, 250


def prepare(size: int) -> str:
    """Pages with the texts of the entries, indexed; what to say where that took too long."""
    open_federation()
    ArticlePage.search_fields = [*Page.search_fields, index.SearchField("summary")]
    section = NewsIndexPage.objects.order_by("path").first()
    assert section is not None  # noqa: S101 - opened just now
    backend, end = get_search_backend(), time.monotonic() + INDEXING
    rest = _pages(size, section)
    while batch := list(islice(rest, BATCH)):
        if time.monotonic() > end:
            return f"not indexed after {INDEXING} s"
        with transaction.atomic():
            insert_pages(batch)
            backend.add_bulk(ArticlePage, batch)
    return ""


def _pages(size: int, section: NewsIndexPage) -> Iterator[ArticlePage]:
    versions = (version for thing in things(size) for version in thing.versions)
    for number, version in enumerate(islice(versions, size)):
        yield ArticlePage(
            title=version.title,
            draft_title=version.title,
            slug=f"article-{number}",
            summary=f"{version.summary} {version.text}",
            body=[],
            locale=section.locale,
            translation_key=uuid4(),
            content_type=ContentType.objects.get_for_model(ArticlePage),
            ref=f"w{number:08}",
            path=Page._get_path(section.path, section.depth + 1, number + 1),
            depth=section.depth + 1,
            url_path=f"{section.url_path}article-{number}/",
            live=True,
        )


def measure(words: list[str]) -> dict[str, Any]:
    """The middle of a few rounds, in milliseconds; None where it was given up."""
    took = []
    for word in words[:ROUNDS]:
        before = time.perf_counter()
        try:
            with _limited():
                _ask(word)
        except Error:
            return {"wagtail": None, "note": f"given up after {QUESTION} s"}
        took.append((time.perf_counter() - before) * 1000)
    return {"wagtail": {"p50": sorted(took)[len(took) // 2]}, "note": ""}


def _ask(words: str) -> None:
    query = Phrase(words.strip('"')) if words.startswith('"') else words
    found = ArticlePage.objects.live().search(query)
    found.count()
    list(found[:20])


@contextmanager
def _limited() -> Iterator[None]:
    """What the database does inside ends with an error when it takes too long."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {QUESTION * 1000}")
            yield
            return
        end = time.monotonic() + QUESTION
        connection.connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)
        try:
            yield
        finally:
            connection.connection.set_progress_handler(None, 0)
