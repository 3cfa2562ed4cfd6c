"""What the demonstration's people composed: fronts, menus, footers, pages about themselves, what they feature."""

import json
from typing import Any

from django.db import transaction

from chapters.models import AboutPage, CasesIndexPage, Chapter, ChapterPage, Featured
from home.models import FreePage, HomePage
from search import register
from search.models import Entry

from .words import ABOUT, CALL, FEATURED, FOOTER, INTRODUCTIONS, MENU, PAGES, STATUTE, STRAPLINES, SUMMARIES


def compose() -> None:
    """Compose what nobody has composed yet; a second time changes nothing."""
    root = Chapter.objects.filter(level=Chapter.Level.FEDERATION).first()
    if root is None or ChapterPage.objects.filter(chapter=root).exclude(strapline="").exists():
        return
    with transaction.atomic(), register.together():
        _free_pages()
        for page in ChapterPage.objects.filter(chapter=root).select_related("locale"):
            _around(page, page.locale.language_code)
        for home in HomePage.objects.select_related("locale"):
            _home(home, home.locale.language_code)
        _about()
        _feature()


def _free_pages() -> None:
    key = None
    for slug, words in PAGES.items():
        key = None
        for lang, (title, paragraphs) in words.items():
            home = HomePage.objects.filter(locale__language_code=lang, depth=2).first()
            if home is None or FreePage.objects.child_of(home).filter(slug=slug).exists():
                continue
            page = FreePage(title=title, slug=slug, locale=home.locale, body=_paragraphs(paragraphs), live=False)
            if key:
                page.translation_key = key
            home.add_child(instance=page)
            key = key or page.translation_key
            page.save_revision().publish()


def _paragraphs(texts: tuple[str, ...]) -> str:
    return json.dumps([{"type": "paragraph", "value": f"<p>{text}</p>", "id": f"p{n}"} for n, text in enumerate(texts)])


def _links(links: list[tuple[str, str]]) -> str:
    return json.dumps(
        [{"type": "link", "value": {"text": text, "target": to}, "id": f"l{n}"} for n, (text, to) in enumerate(links)]
    )


def _around(page: ChapterPage, lang: str) -> None:
    page.strapline = STRAPLINES[lang]
    page.summary = SUMMARIES[lang]
    page.footer = FOOTER[lang]
    page.menu = _links([(text, f"/{lang}{path}") for text, path in MENU[lang]])
    page.footer_links = _links([(PAGES[slug][lang][0], f"/{lang}/{slug}/") for slug in PAGES])
    page.save_revision().publish()


def _home(home: HomePage, lang: str) -> None:
    title, text, word = CALL[lang]
    newest = {"types": ["statement", "case"], "kinds": [], "countries": [], "themes": []}
    anything: dict[str, list[str]] = {"types": [], "kinds": [], "countries": [], "themes": []}
    coming = {"types": ["event"], "kinds": [], "countries": [], "themes": []}
    heads = INTRODUCTIONS[lang]
    parts: list[tuple[str, Any]] = [
        ("lead", {"ref": "", "introduction": ""}),
        ("newest", {"title": "", "filters": anything, "limit": 6}),
        ("map", {"title": heads[1], "filters": anything}),
        ("newest", {"title": heads[2], "filters": newest, "limit": 6}),
        ("call_to_action", {"title": title, "text": text, "links": [{"text": word, "target": f"/{lang}/chapters/"}]}),
        ("newest", {"title": heads[3], "filters": coming, "limit": 4}),
        ("chapters_below", {"title": ""}),
    ]
    home.introduction = heads[0]
    home.front = json.dumps([{"type": name, "value": value, "id": f"f{n}"} for n, (name, value) in enumerate(parts)])
    home.save_revision().publish()


def _about() -> None:
    for (code, lang), questions in ABOUT.items():
        page = AboutPage.objects.filter(locale__language_code=lang, url_path__contains=f"/{code}/").first()
        if page is None:
            continue
        blocks = [
            {
                "type": "question_and_answer",
                "value": {
                    "question": question,
                    "answer": f"<p>{answer}</p>",
                    "items": [
                        {"type": "item", "value": {"number": f"{n}.", "text": f"<p>{text}</p>"}, "id": f"i{place}-{n}"}
                        for n, text in enumerate(points, 1)
                    ],
                    "anchor": "",
                },
                "id": f"q{place}",
            }
            for place, (question, answer, points) in enumerate(questions)
        ]
        if (code, lang) in STATUTE:
            blocks.append({"type": "statute", "value": STATUTE[code, lang], "id": "statute"})
        page.body = json.dumps(blocks)
        page.save_revision().publish()


def _feature() -> None:
    """Some chapters feature what others have published."""
    for code, lang, number, introduction in FEATURED:
        front = ChapterPage.objects.filter(chapter__code=code, locale__language_code=lang).first()
        cases = CasesIndexPage.objects.child_of(front).first() if front else None
        others = Entry.objects.public().filter(type="case", locale=lang).exclude(owner=code).order_by("-date", "ref")
        entry = others[number : number + 1].first()
        if cases is not None and entry is not None:
            Featured.objects.create(page=cases, ref=entry.ref, introduction=introduction, language=lang)
