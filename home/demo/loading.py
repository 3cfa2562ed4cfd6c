"""Loading the demonstration: by the ways that editors use, each thing once."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from cases.models import Case, Statement
from chapters.models import ArticlePage, Chapter, ChapterPage, EventPage, EventsIndexPage, NewsIndexPage
from chapters.opening import add_public_page, open_chapter
from federation.vocabulary.models import Country, Theme
from home.opening import open_site
from search import register
from search.refs import ref_of_key

from .fronts import compose
from .indexing import indexed_afterwards
from .notation import blocks
from .people import load_people
from .pictures import drawn_picture

FOLDER = Path(__file__).parent
# Keys of the demonstration's things are made from their names: the same on every machine.
NAMESPACE = UUID("5b0f3f0e-6c0a-4d55-9a3e-6f6d1f1f7c11")

Progress = Callable[[str], None]
# Accents of chapters that name none; each can be read on white (chapters/validators.py).
COLOURS = ("#12485c", "#7a2e39", "#2b5d3a", "#5b3a78", "#8a4b08", "#22577a", "#6b2d5c", "#3d5a1e")
# So many things are written in one transaction.
BATCH = 20


def load(progress: Progress = lambda what: None) -> int:
    """Load what is missing; how many chapters and things were made."""
    with indexed_afterwards():
        return _load(progress)


def _load(progress: Progress) -> int:
    open_site()
    # Together: a parent names its children, and is written once.
    with transaction.atomic(), register.together():
        made = sum(_load_chapter(row, progress) for row in read("chapters"))
    for name, load_one in (
        ("case", _load_snippet),
        ("statement", _load_snippet),
        ("article", _load_page),
        ("event", _load_page),
    ):
        for batch in batched(read(f"{name}s"), BATCH):
            with transaction.atomic(), register.together():
                for row in batch:
                    made += load_one(name, row)
                    progress(row["key"])
    compose()
    load_people()
    return made


def batched(rows: list[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    """The rows in pieces."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def read(name: str) -> list[dict[str, Any]]:
    """All rows of one sort: `statements.json`, `statements-2.json` ..."""
    files = sorted(FOLDER.glob(f"{name}*.json"))
    return [row for file in files for row in json.loads(file.read_text(encoding="utf-8"))]


def key_of(name: str) -> UUID:
    """Translation key of a thing of the demonstration."""
    return uuid5(NAMESPACE, name)


def _load_chapter(row: dict[str, Any], progress: Progress) -> bool:
    progress(row["code"])
    if Chapter.objects.filter(code=row["code"]).exists():
        return False
    facts: dict[str, Any] = {name: row[name] for name in ("founded", "email", "website")}
    facts["colour"] = row.get("colour") or (COLOURS[sum(row["code"].encode()) % len(COLOURS)] if row["parent"] else "")
    opened = open_chapter(
        row["code"],
        names=row["names"],
        level=row["level"],
        parent=row["parent"],
        languages=row["languages"],
        countries=row["countries"],
        **facts,
    )
    return opened.created


def _facts(row: dict[str, Any], item: Any) -> None:
    """Relations, which need a saved row."""
    item.countries.set(Country.objects.filter(code__in=row["countries"]))
    item.themes.set(Theme.objects.filter(slug__in=row["themes"]))


def _body(row: dict[str, Any], words: dict[str, Any]) -> str:
    return json.dumps(blocks(words["body"], [ref_of_key(key_of(name)) for name in row.get("cites", [])]))


def _load_snippet(name: str, row: dict[str, Any]) -> int:
    model: Any = {"case": Case, "statement": Statement}[name]
    key = key_of(row["key"])
    if model.objects.filter(translation_key=key).exists():
        return 0
    original = None
    for language, words in row["versions"].items():
        item = model(
            translation_key=key, locale=_locale(language), title=words["title"], summary=words["summary"],
            body=_body(row, words), live=False,
        )  # fmt: skip
        if original is None:
            _fill_original(item, name, row)
        item.save()
        if original is None:
            _facts(row, item)
            _publishers_and_sources(row, item)
            item.save()
            original = item
        item.save_revision().publish()
    return 1


def _fill_original(item: Any, name: str, row: dict[str, Any]) -> None:
    item.owner = Chapter.objects.get(code=row["chapter"])
    item.ref = ref_of_key(item.translation_key)
    item.visibility = "public"
    item.kind_id = row["kind"]
    item.dated = row["date"]
    if name == "statement":
        item.symbol = row.get("symbol", "")


def _publishers_and_sources(row: dict[str, Any], item: Any) -> None:
    for number, code in enumerate(row.get("co_publishers", [])):
        item.co_publications.create(
            chapter=Chapter.objects.get(code=code), accepted_at=timezone.now(), sort_order=number
        )
    for number, source in enumerate(row.get("sources", [])):
        fields = {name: source.get(name, "") for name in ("title", "url", "publisher", "language")}
        item.sources.create(dated=source.get("date", ""), sort_order=number, **fields)


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def _load_page(name: str, row: dict[str, Any]) -> int:
    model: Any = {"article": ArticlePage, "event": EventPage}[name]
    index: Any = {"article": NewsIndexPage, "event": EventsIndexPage}[name]
    key = key_of(row["key"])
    if model.objects.filter(translation_key=key).exists():
        return 0
    chapter = Chapter.objects.get(code=row["chapter"])
    original = None
    for language, words in row["versions"].items():
        front = ChapterPage.objects.filter(chapter=chapter, locale__language_code=language).first()
        if front is None:
            continue
        page = model(
            title=words["title"], slug=row["key"], summary=words["summary"], body=_body(row, words),
            translation_key=key, locale=front.locale,
        )  # fmt: skip
        if name == "event":
            page.place = row.get("place", {}).get(language, "")
        if original is None:
            _fill_page(page, name, row, chapter)
            _facts(row, page)
        original = original or page
        add_public_page(index.objects.child_of(front).get(), page)
    return 1


def _fill_page(page: Any, name: str, row: dict[str, Any], chapter: Chapter) -> None:
    page.kind_id = row["kind"]
    page.listed_on = row["date"]
    if name == "event":
        zone = ZoneInfo(row["time_zone"])
        page.time_zone = row["time_zone"]
        page.online = row.get("online", "")
        page.start, page.end = (datetime.fromisoformat(row[end]).replace(tzinfo=zone) for end in ("start", "end"))
        for field in ("organisers", "partners"):
            named = [{"type": "organisation", "value": {"name": one, "url": ""}} for one in row[field]]
            setattr(page, field, json.dumps(named))
    else:
        page.picture = drawn_picture(row["key"], Chapter.objects.get(level=Chapter.Level.FEDERATION))
