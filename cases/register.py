"""What of cases and statements is public: one allow-list function for each, and nothing else."""

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Any

from django.db.models import F, Q
from django.utils.translation import override
from ninja import Schema

from chapters.documents import blocks_document, blocks_files, blocks_references, blocks_text, mentions, reference_refs
from chapters.models import Chapter
from chapters.register import labels_of, named, theme_codes
from chapters.schemas import FederationBodyBlock, FederationCoded, FederationMention
from chapters.validators import lower_bound, precision
from search.addresses import public_path
from search.publication import Publication, first_public_at, publication_of, published_or_scheduled
from search.things import Thing, Version
from search.types import ContentType

from .models import Case, Statement
from .models.item import Item, Visibility


class FederationSource(Schema):
    """Where to look up what is said; `date` as precise as it is known."""

    title: str
    url: str
    publisher: str
    date: str
    language: str
    kind: FederationCoded | None = None


class FederationCaseDocument(Schema):
    """What a case has beyond the common fields."""

    body: list[FederationBodyBlock]
    sources: list[FederationSource]
    related: list[FederationMention]
    # The chapter that has written this language, where that is not the owner.
    translated_by: FederationCoded | None = None


class FederationStatementDocument(FederationCaseDocument):
    """What a statement has beyond the common fields."""

    symbol: str
    addressee: str
    event_date: str
    deadline: str | None = None


def public_items(model: type[Item]) -> Any:
    """Originals that are or will be public."""
    originals = model.objects.filter(source=None, visibility=Visibility.PUBLIC, owner__isnull=False)  # type: ignore[attr-defined]
    # While a chapter stands still no embargo of its things ends (chapters/status.py).
    held = ~Q(owner__status=Chapter.Status.ACTIVE) & Q(embargo_until__gt=F("owner__status_since"))
    return published_or_scheduled(originals.exclude(held)).order_by("pk")


def item_things(model: type[Item], refs: Collection[str] | None) -> Iterator[Thing]:
    """Things made of originals and their public translations."""
    originals = public_items(model).select_related("owner", "locale", "live_revision")
    for original in originals if refs is None else originals.filter(ref__in=refs):
        publication = publication_of(original)
        if publication is not None:
            yield thing_of(original, publication)


def thing_of(
    original: Any,
    publication: Publication,
    *,
    translations: Iterable[Item] | None = None,
    co_publishers: list[Chapter] | None = None,
) -> Thing:
    """What is public of an original; translations and co-publishers are read unless they are known already."""
    facts = publication.content
    if translations is None:
        translations = published_or_scheduled(original.languages.all()).select_related("locale", "live_revision")
    said = [(original, publication)]
    for translation in sorted(translations, key=lambda translation: translation.pk):
        words = publication_of(translation)
        if words is not None:
            said.append((translation, words))
    if co_publishers is None:
        co_publishers = co_publishers_of(original)
    first_day = _first_seen(original, original).date()
    return Thing(
        type=original.register_type,
        ref=original.ref,
        kind=facts.kind_id or original.register_type,
        translation_key=original.translation_key,
        date=lower_bound(facts.dated) if facts.dated else first_day,
        date_precision=precision(facts.dated) if facts.dated else "day",  # type: ignore[arg-type]
        owner=original.owner.code,
        co_publishers=tuple(chapter.code for chapter in co_publishers),
        chapters=_found_under(original.owner, co_publishers),
        labels=labels_of(original.owner, *co_publishers),
        countries=tuple(sorted(country.code for country in facts.countries.all())),
        themes=theme_codes(facts),
        versions=tuple(_version(row, words, original, publication, facts, co_publishers) for row, words in said),
    )


def co_publishers_of(original: Item) -> list[Chapter]:
    """Chapters that have accepted to publish an item too. From the rows of today, never from a revision."""
    accepted = original.co_publications.filter(accepted_at__isnull=False)  # type: ignore[attr-defined]
    return [row.chapter for row in accepted.select_related("chapter") if row.chapter_id != original.owner_id]


def _found_under(owner: Chapter, co_publishers: Iterable[Chapter]) -> tuple[str, ...]:
    codes = [code for chapter in (owner, *co_publishers) for code in chapter.codes_upwards()]
    return tuple(dict.fromkeys(codes))


def _version(
    row: Item, words: Publication, original: Any, source: Publication, facts: Any, co_publishers: list[Chapter]
) -> Version:
    lang, content = row.locale.language_code, words.content
    related = reference_refs(facts.related)
    published_at = _first_seen(row, original)
    return Version(
        locale=lang,
        title=content.title,
        summary=content.summary,
        text=blocks_text(content.body),
        names=tuple(filter(None, [getattr(facts, "symbol", "")])),
        path=public_path(f"{row.register_type}s", row.ref, locale=lang, title=_slug_title(row, content)),
        original=row is original,
        published_at=published_at,
        updated_at=latest(row.last_published_at, published_at),
        owner=named(original.owner, lang),
        co_publishers=[named(chapter, lang) for chapter in co_publishers],
        document=document_of(facts, content, lang=lang),
        files=blocks_files(content.body),
        references=(*blocks_references(content.body), *related, *_translator(content)),
        visible_from=latest(words.visible_from, source.visible_from, original.embargo_until),
        visible_until=earliest(words.visible_until, source.visible_until),
        basis=words.basis,
    )


def _first_seen(row: Any, original: Any) -> Any:
    """When readers could see a row for the first time: what was published under an embargo is new when that ends."""
    return latest(first_public_at(row), original.embargo_until)


def _slug_title(row: Item, content: Any) -> str:
    """A statement's address shows its title; a case's names nothing (safety rule 2)."""
    return content.title if isinstance(row, Statement) else ""


def document_of(facts: Any, words: Any, *, lang: str) -> dict[str, Any]:
    """The keys of the detail that the type declares."""
    document: dict[str, Any] = {
        "body": blocks_document(words.body, lang=lang),
        "sources": [_source(source, lang) for source in facts.sources.all()],
        "related": mentions(reference_refs(facts.related), lang=lang),
        "translated_by": named(words.translated_by, lang) if words.is_from_another_chapter else None,
    }
    if isinstance(facts, Statement):
        document |= {
            "symbol": facts.symbol,
            "addressee": facts.addressee,
            "event_date": facts.event_dated,
            "deadline": facts.deadline and facts.deadline.isoformat(),
        }
    return document


def _translator(words: Any) -> tuple[str, ...]:
    """Code of the chapter whose name stands under a translation: it follows a new name."""
    return (words.translated_by.code,) if words.is_from_another_chapter else ()


def _source(source: Any, lang: str) -> dict[str, Any]:
    with override(lang):
        kind = source.kind and {"code": source.kind, "label": source.get_kind_display()}
    return {
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher,
        "date": source.dated,
        "language": source.language,
        "kind": kind or None,
    }


def latest(*times: Any) -> Any:
    """The last of the moments that are given; None for none."""
    return max((time for time in times if time is not None), default=None)


def earliest(*times: Any) -> Any:
    """The first of the moments that are given; None for none."""
    return min((time for time in times if time is not None), default=None)


def _refs(model: type[Item]) -> Iterator[str]:
    yield from public_items(model).values_list("ref", flat=True)


def content_types() -> list[ContentType]:
    """The declarations."""
    return [
        ContentType(
            name="case",
            plural="cases",
            label={"en": "Case", "fr": "Cas", "es": "Caso", "ar": "حالة"},
            label_plural={"en": "Cases", "fr": "Cas", "es": "Casos", "ar": "حالات"},
            models=lambda: [Case],
            things=partial(item_things, Case),
            refs=partial(_refs, Case),
            document_schema=FederationCaseDocument,
        ),
        ContentType(
            name="statement",
            plural="statements",
            label={"en": "Statement", "fr": "Déclaration", "es": "Declaración", "ar": "بيان"},
            label_plural={"en": "Statements", "fr": "Déclarations", "es": "Declaraciones", "ar": "بيانات"},
            models=lambda: [Statement],
            things=partial(item_things, Statement),
            refs=partial(_refs, Statement),
            document_schema=FederationStatementDocument,
        ),
    ]
