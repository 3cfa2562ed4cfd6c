"""What of chapters, articles, events and pages is public: one allow-list function for each type, and nothing else.

A new field of a model stays invisible until somebody adds it here, and to the snapshot test of public fields.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps

from federation.media.documents import image_document, image_files
from search.addresses import public_target
from search.documents import moment
from search.publication import Publication, first_public_at, public_pages, publication_of
from search.things import BASE_MARK, Thing, Version
from search.types import ContentType

from . import schemas
from .documents import (
    blocks_document,
    blocks_files,
    blocks_references,
    blocks_text,
    mentions,
    organisations,
    reference_refs,
)
from .front_documents import front_document, front_references, settings_document, settings_references
from .models import ArticlePage, Chapter, ChapterPage, EventPage, TextPage
from .models.sections import SectionPage
from .validators import after, lower_bound, precision

# A page in one language with what is public of it.
Published = tuple[Any, Publication]


def named(chapter: Chapter, lang: str) -> dict[str, str]:
    """A chapter as owner: code and name."""
    return {"code": chapter.code, "label": chapter.name(lang)}


def labels_of(*chapters: Chapter) -> dict[str, tuple[str, ...]]:
    """Names of chapters in every language they have, by language: whatever is theirs is found by them."""
    languages = dict.fromkeys(lang for chapter in chapters for lang in chapter.names)
    return {lang: tuple(filter(None, (chapter.names.get(lang) for chapter in chapters))) for lang in languages}


def public_path_of(page: Any) -> str:
    """A page's address from the root; "" when it stands under no site.

    A page in a language that its chapter lacks stands in another language's tree, and is found there.
    """
    parts = page.get_url_parts()
    parent = page.get_parent()
    if parent is not None and parent.locale_id != page.locale_id and parent.depth > 1:
        above = parent.get_url_parts()
        return f"{above[2]}{page.slug}/" if above and above[2] else ""
    return (parts[2] or "") if parts else ""


def chapter_of(page: Any) -> Chapter | None:
    """The chapter in whose tree a page stands: that of the chapter page at depth 3."""
    front = ChapterPage.objects.filter(path=page.path[: page.steplen * 3]).select_related("chapter").first()
    return front.chapter if front else None


def published(models: Iterable[type], refs: Collection[str] | None) -> Iterator[list[Published]]:
    """Public pages of these models, grouped into things; of each the first that was made comes first."""
    groups: dict[str, list[Published]] = defaultdict(list)
    for model in models:
        pages = public_pages(model).order_by("pk")  # type: ignore[arg-type]
        for page in pages if refs is None else pages.filter(ref__in=refs):
            publication = publication_of(page)
            if publication is not None and public_path_of(page):
                groups[page.ref].append((page, publication))
    yield from groups.values()


def _version(page: Any, publication: Publication, chapter: Chapter, **more: Any) -> dict[str, Any]:
    """What every version made from a page has."""
    content, lang = publication.content, page.locale.language_code
    body = getattr(content, "body", None)
    published_at = first_public_at(page)
    return {
        "locale": lang,
        "title": content.title,
        "summary": content.summary,
        "text": blocks_text(body),
        "path": public_path_of(page),
        "published_at": published_at,
        "updated_at": page.last_published_at or published_at,
        "owner": named(chapter, lang),
        "files": blocks_files(body),
        "references": blocks_references(body),
        "visible_from": publication.visible_from,
        "visible_until": publication.visible_until,
        "basis": publication.basis,
        **more,
    }


# Pages of text


def text_page_models() -> list[type]:
    """Every model of free or section text: the house's own, and those of storeys above."""
    return [model for model in apps.get_models() if issubclass(model, TextPage)]


def page_things(refs: Collection[str] | None) -> Iterator[Thing]:
    """About, contact and free pages: title, summary and text. Each language is public by itself."""
    for group in published(text_page_models(), refs):
        first = group[0][0]
        chapter = chapter_of(first) or federation_chapter()
        if chapter is None:
            continue
        versions = [
            Version(
                **_version(page, said, chapter),
                original=page is first,
                document={"body": blocks_document(said.content.body, lang=page.locale.language_code)},
            )
            for page, said in group
        ]
        day = first_public_at(first).date()
        yield Thing(
            type="page",
            ref=first.ref,
            kind=first.page_kind,
            translation_key=first.translation_key,
            date=day,
            owner=chapter.code,
            chapters=chapter.codes_upwards(),
            labels=labels_of(chapter),
            versions=tuple(versions),
        )


def federation_chapter() -> Chapter | None:
    """The root: owner of what belongs to no chapter."""
    return Chapter.objects.filter(level=Chapter.Level.FEDERATION).first()


# Articles and events


def article_things(refs: Collection[str] | None) -> Iterator[Thing]:
    """Articles: words of each language, facts of the original. A language is public only while the original is."""
    for group in published([ArticlePage], refs):
        if thing := _listed_thing("article", "news", group, _article_document, lambda facts, words, lang: {}):
            yield thing


def event_things(refs: Collection[str] | None) -> Iterator[Thing]:
    """Events: as articles, with when and where."""
    for group in published([EventPage], refs):
        if thing := _listed_thing("event", "event", group, _event_document, _event_card):
            yield thing


def _article_document(facts: Any, words: Any, lang: str) -> dict[str, Any]:
    related = mentions(reference_refs(facts.related), lang=lang)
    return {"body": blocks_document(words.body, lang=lang), "related": related}


def _event_document(facts: Any, words: Any, lang: str) -> dict[str, Any]:
    return {
        **_article_document(facts, words, lang),
        "organisers": organisations(facts.organisers),
        "partners": organisations(facts.partners),
    }


def _event_card(facts: Any, words: Any, lang: str) -> dict[str, Any]:
    start, end = (None, None) if _is_known_roughly(facts) else (facts.start, facts.end)
    return {
        "start": start and moment(start),
        "end": end and moment(end),
        "time_zone": facts.time_zone,
        "place": words.place,
        "online": facts.online,
    }


def _is_known_roughly(facts: Any) -> bool:
    """Whether an event is listed under a month or a year that it begins in: then nothing finer is public."""
    listed_on, start = facts.listed_on, getattr(facts, "start", None)
    if not listed_on or not start or precision(listed_on) == "day":
        return False
    begins = start.astimezone(ZoneInfo(facts.time_zone or "UTC")).date()
    return bool(begins.isoformat().startswith(listed_on))


def _ordered_by(facts: Any) -> tuple[datetime | None, datetime | None]:
    """Start and end that an event is ordered by, at published precision too: else its place would tell the day."""
    if not _is_known_roughly(facts):
        return getattr(facts, "start", None), getattr(facts, "end", None)
    first, beyond = lower_bound(facts.listed_on), after(facts.listed_on)
    return datetime.combine(first, time(0), UTC), datetime.combine(beyond, time(0), UTC)


def _listed_thing(type_name: str, kind: str, group: list[Published], document: Any, card: Any) -> Thing | None:
    original, publication = group[0]
    chapter = chapter_of(original)
    if chapter is None or original.get_original().pk != original.pk:
        return None
    facts = publication.content
    shared = (*reference_refs(facts.related),)
    versions = [_listed_version(page, said, chapter, facts, document, card, original, shared) for page, said in group]
    listed_on = facts.listed_on
    first_day = first_public_at(original).date()
    start, end = _ordered_by(facts)
    return Thing(
        type=type_name,
        ref=original.ref,
        kind=facts.kind_id or kind,
        translation_key=original.translation_key,
        date=lower_bound(listed_on) if listed_on else first_day,
        date_precision=precision(listed_on) if listed_on else "day",  # type: ignore[arg-type]
        owner=chapter.code,
        chapters=chapter.codes_upwards(),
        labels=labels_of(chapter),
        countries=tuple(sorted(country.code for country in facts.countries.all())),
        themes=theme_codes(facts),
        start=start,
        end=end,
        versions=tuple(versions),
    )


def _listed_version(
    page: Any, said: Publication, chapter: Chapter, facts: Any, document: Any, card: Any, original: Any, shared: Any
) -> Version:
    lang = page.locale.language_code
    values = _version(page, said, chapter)
    picture = facts.picture
    return Version(
        **{
            **values,
            "files": values["files"] + (image_files(picture) if picture else ()),
            "references": (*values["references"], *shared),
            "image": image_document(picture, alt=said.content.picture_alt) if picture else None,
        },
        original=page is original,
        card=card(facts, said.content, lang),
        document=document(facts, said.content, lang),
    )


def theme_codes(facts: Any) -> tuple[str, ...]:
    """Codes of the themes of an item, sorted; an old revision's merged theme is the one it was merged into."""
    from federation.vocabulary.themes import living

    return tuple(sorted({living(theme).slug for theme in facts.themes.all()}))


# Chapters


def chapter_things(refs: Collection[str] | None) -> Iterator[Thing]:
    """Chapters: facts of the chapter, words of its front page in each language."""
    pages = public_pages(ChapterPage).filter(chapter__isnull=False).select_related("chapter", "locale", "live_revision")
    groups: dict[str, list[Published]] = defaultdict(list)
    for page in pages if refs is None else pages.filter(chapter__code__in=refs):
        publication = publication_of(page)
        if publication is not None and public_path_of(page):
            groups[page.chapter.code].append((page, publication))
    for group in groups.values():
        yield _chapter_thing(group[0][0].chapter, group)


def _chapter_thing(chapter: Chapter, group: list[Published]) -> Thing:
    rank = {language: number for number, language in enumerate(chapter.languages)}
    group = sorted(group, key=lambda pair: rank.get(pair[0].locale.language_code, 99))
    first = group[0][0]
    return Thing(
        type="chapter",
        ref=chapter.code,
        kind="chapter",
        translation_key=first.translation_key,
        date=lower_bound(chapter.founded) if chapter.founded else first_public_at(first).date(),
        date_precision=precision(chapter.founded) if chapter.founded else "day",  # type: ignore[arg-type]
        owner=chapter.code,
        chapters=chapter.codes_upwards(),
        labels=labels_of(chapter),
        countries=tuple(chapter.countries.order_by("code").values_list("code", flat=True)),
        facets={"level": (chapter.level,)},
        versions=tuple(_chapter_version(chapter, page, said, page is first) for page, said in group),
    )


def _chapter_version(chapter: Chapter, page: Any, said: Publication, original: bool) -> Version:
    lang = page.locale.language_code
    sections = _sections(page, lang)
    featured = tuple(item["ref"] for section in sections for item in section["featured"])
    logo = image_document(chapter.logo, alt=chapter.name(lang)) if chapter.logo else None
    values = _version(page, said, chapter)
    values["references"] += (*featured, *front_references(said.content.front), *settings_references(chapter, lang=lang))
    values["files"] += image_files(chapter.logo) if chapter.logo else ()
    return Version(
        **{**values, "title": chapter.name(lang)},
        original=original,
        card={
            "level": chapter.level,
            "parent": named(chapter.parent, lang) if chapter.parent else None,
            "status": chapter.status,
        },
        document={
            "body": blocks_document(said.content.body, lang=lang),
            "front": front_document(said.content.front, lang=lang),
            "settings": settings_document(chapter, lang=lang),
            "names": chapter.names,
            "path": chapter.path,
            "children": [named(child, lang) for child in chapter.children.order_by("code")],
            "languages": chapter.languages,
            "founded": chapter.founded,
            "contact": {name: getattr(chapter, name) for name in ("email", "telephone", "address", "website")},
            "colour": chapter.colour,
            "accent_colour": chapter.accent_colour,
            "logo": logo,
            "sections": sections,
        },
    )


def _sections(front: Any, lang: str) -> list[dict[str, Any]]:
    sections = front.get_children().live().public().specific()
    return [_section(page, lang) for page in sections]


def _section(page: Any, lang: str) -> dict[str, Any]:
    lists = page.lists if isinstance(page, SectionPage) else ""
    items = (_featured(item, item.language or lang) for item in page.featured.all()) if lists else ()
    return {
        "type": lists,
        "title": page.title,
        "introduction": getattr(page, "introduction", ""),
        "url": BASE_MARK + public_path_of(page),
        "featured": [item for item in items if item],
    }


def _featured(item: Any, lang: str) -> dict[str, Any] | None:
    """What a section says of another chapter's thing: its title and address, who owns it, an introduction."""
    target = public_target(item.ref, lang=lang)
    if target is None:
        return None
    owner = Chapter.objects.filter(code=target.owner).first()
    return {
        "ref": target.ref,
        "type": target.type,
        "title": target.title,
        "locale": target.locale,
        "url": BASE_MARK + target.path,
        "introduction": item.introduction,
        "owner": named(owner, lang) if owner else {"code": target.owner, "label": target.owner},
    }


def _refs(models: Iterable[type]) -> Iterator[str]:
    for model in models:
        yield from public_pages(model).values_list("ref", flat=True).distinct()  # type: ignore[arg-type]


def _listed_refs(model: type) -> Iterator[str]:
    """Refs of things whose original is public: the page that was made first."""
    firsts: dict[str, int] = {}
    for ref, pk in model.objects.filter(alias_of=None).order_by("-pk").values_list("ref", "pk"):  # type: ignore[attr-defined]
        firsts[ref] = pk
    public = set(public_pages(model).values_list("pk", flat=True))  # type: ignore[arg-type]
    yield from (ref for ref, pk in firsts.items() if pk in public)


def content_types() -> list[ContentType]:
    """The declarations."""
    return [
        ContentType(
            name="chapter",
            plural="chapters",
            label={"en": "Chapter", "fr": "Section", "es": "Sección", "ar": "فرع"},
            label_plural={"en": "Chapters", "fr": "Sections", "es": "Secciones", "ar": "فروع"},
            models=lambda: [ChapterPage],
            things=chapter_things,
            refs=lambda: public_pages(ChapterPage).values_list("chapter__code", flat=True).distinct(),
            card_schema=schemas.FederationChapterCard,
            document_schema=schemas.FederationChapterDocument,
            order="title",
            facets={"level": "level"},
        ),
        ContentType(
            name="article",
            plural="articles",
            label={"en": "Article", "fr": "Article", "es": "Artículo", "ar": "مقال"},
            label_plural={"en": "Articles", "fr": "Articles", "es": "Artículos", "ar": "مقالات"},
            models=lambda: [ArticlePage],
            things=article_things,
            refs=partial(_listed_refs, ArticlePage),
            document_schema=schemas.FederationArticleDocument,
        ),
        ContentType(
            name="event",
            plural="events",
            label={"en": "Event", "fr": "Événement", "es": "Evento", "ar": "فعالية"},
            label_plural={"en": "Events", "fr": "Événements", "es": "Eventos", "ar": "فعاليات"},
            models=lambda: [EventPage],
            things=event_things,
            refs=partial(_listed_refs, EventPage),
            card_schema=schemas.FederationEventCard,
            document_schema=schemas.FederationEventDocument,
            order="coming",
        ),
        ContentType(
            name="page",
            plural="pages",
            label={"en": "Page", "fr": "Page", "es": "Página", "ar": "صفحة"},
            label_plural={"en": "Pages", "fr": "Pages", "es": "Páginas", "ar": "صفحات"},
            models=text_page_models,
            things=page_things,
            refs=lambda: _refs(text_page_models()),
            document_schema=schemas.FederationPageDocument,
            routed=False,  # /api/v3/pages/ is Wagtail's own
        ),
    ]
