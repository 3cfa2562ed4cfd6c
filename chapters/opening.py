"""Opening a chapter: its row, a tree of pages in each of its languages, groups, collection and grants, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Site

from federation.vocabulary.models import Country
from federation.vocabulary.names import CountryNames, nearest
from search import register
from search.registered import Registered

from .models import (
    AboutPage,
    CasesIndexPage,
    Chapter,
    ChapterPage,
    ContactPage,
    EventsIndexPage,
    Invitation,
    NewsIndexPage,
    Role,
    RoleAssignment,
    StatementsIndexPage,
)
from .people import name_person
from .provisioning import provision

# Section -> its slug and title, in the languages that the house speaks; others begin with the English words.
SECTIONS: tuple[tuple[type[Page], str, dict[str, str]], ...] = (
    (AboutPage, "about", {"en": "About us", "fr": "Qui nous sommes", "es": "Quiénes somos", "ar": "من نحن"}),
    (NewsIndexPage, "news", {"en": "News", "fr": "Actualités", "es": "Noticias", "ar": "أخبار"}),
    (EventsIndexPage, "events", {"en": "Events", "fr": "Événements", "es": "Eventos", "ar": "فعاليات"}),
    (CasesIndexPage, "cases", {"en": "Cases", "fr": "Cas", "es": "Casos", "ar": "حالات"}),
    (
        StatementsIndexPage,
        "statements",
        {"en": "Statements", "fr": "Déclarations", "es": "Declaraciones", "ar": "بيانات"},
    ),
    (ContactPage, "contact", {"en": "Contact", "fr": "Contact", "es": "Contacto", "ar": "اتصل بنا"}),
)


@dataclass(slots=True)
class Opened:
    """What opening a chapter has done."""

    chapter: Chapter
    created: bool = False
    pages: list[str] = field(default_factory=list)
    grants: int = 0
    # The first moderator's role, or the invitation to it; None when nobody was to be named.
    named: RoleAssignment | Invitation | None = None

    @property
    def changed(self) -> bool:
        """Whether anything was missing."""
        return self.created or bool(self.pages) or bool(self.grants) or self.named is not None


def open_chapter(
    code: str,
    *,
    names: dict[str, str] | None = None,
    level: str = "",
    parent: str = "",
    languages: Iterable[str] = (),
    countries: Iterable[str] = (),
    moderator: str = "",
    by: Any = None,
    **facts: Any,
) -> Opened:
    """Open a chapter, or repair one that is open: what is there is not changed.

    Args:
        code: its code, for ever; a word of its addresses.
        names: language -> name; at least one when the chapter is new.
        level: "federation", "regional", "sub-regional" or "national"; needed when it is new.
        parent: code of the chapter it stands under.
        languages: what it publishes in, its first language first. Further ones are added to an open chapter.
        countries: ISO codes or names of its territory.
        moderator: e-mail of its first moderator, who is invited if there is no such account.
        by: who opens it; None for a command.
        facts: other fields of `Chapter`, for a new one.

    Raises ValidationError with a sentence for each wrong argument; then nothing has been made.
    """
    with transaction.atomic(), register.together():
        chapter = Chapter.objects.filter(code=code).first()
        opened = Opened(
            chapter or _new_chapter(code, names or {}, level, parent, list(languages), **facts), chapter is None
        )
        chapter = opened.chapter
        _add_countries(chapter, countries)
        _add_languages(chapter, languages)
        for language in chapter.languages:
            opened.pages += _open_language(chapter, language)
        if opened.pages:
            register.refresh("chapter", [chapter.code])
        opened.grants = provision(chapter)
        if moderator and not _is_named(moderator, chapter):
            opened.named = name_person(moderator, Role.MODERATOR, chapter, by=by)
        if opened.created:
            log(instance=chapter, action="federation.chapter_opened", user=by)
    return opened


def _is_named(moderator: str, chapter: Chapter) -> bool:
    """Whether somebody of this address is a moderator of the chapter, or invited to be."""
    address = moderator.strip().lower()
    invited = Invitation.objects.pending().filter(email=address, role=Role.MODERATOR, chapter=chapter)
    there = RoleAssignment.objects.in_force().filter(user__email__iexact=address, role=Role.MODERATOR, chapter=chapter)
    return invited.exists() or there.exists()


def _new_chapter(
    code: str, names: dict[str, str], level: str, parent: str, languages: list[str], **facts: Any
) -> Chapter:
    chapter = described_chapter(code, names, level, parent, languages, **facts)
    chapter.save()
    return chapter


def described_chapter(
    code: str, names: dict[str, str], level: str, parent: str, languages: list[str], **facts: Any
) -> Chapter:
    """A chapter as it would be, not saved. ValidationError with a sentence for each wrong argument."""
    if level not in Chapter.Level.values:
        raise ValidationError(
            _("There is no level “%(level)s”. Levels: %(all)s.")
            % {"level": level, "all": ", ".join(Chapter.Level.values)}
        )
    if not names:
        raise ValidationError(_("A new chapter needs a name in at least one language."))
    chapter = Chapter(
        code=code,
        names=names,
        level=level,
        parent=chapter_named(parent) if parent else None,
        languages=languages,
        **facts,
    )
    chapter.full_clean(exclude=["path"])
    return chapter


def chapter_named(code: str) -> Chapter:
    """The chapter of a code. ValidationError that names the nearest one when there is none."""
    found = Chapter.objects.filter(code=code).first()
    if found is not None:
        return found
    codes = list(Chapter.objects.values_list("code", flat=True))
    near = nearest(code, codes)
    hint = _("Did you mean “%s”?") % near if near else _("Chapters: %s.") % (", ".join(codes) or _("none yet"))
    raise ValidationError(_("There is no chapter “%(code)s”. %(hint)s") % {"code": code, "hint": hint})


def country_codes(countries: Iterable[str]) -> list[str]:
    """ISO codes of countries given by code or by name. ValidationError for what is none."""
    texts = list(countries)
    known = {*Country.objects.filter(code__in=texts).values_list("code", flat=True)}
    names = CountryNames() if set(texts) - known else None
    codes = []
    for text in texts:
        code = text if text in known or names is None else names.code_of(text)
        if code is None:
            every = list(Country.objects.values_list("code", flat=True))
            raise ValidationError(
                _("There is no country “%(text)s”. Write its ISO 3166-1 code, for example %(near)s.")
                % {"text": text, "near": nearest(text.upper(), every) or "TN"}
            )
        codes.append(code)
    return codes


def _add_countries(chapter: Chapter, countries: Iterable[str]) -> None:
    missing = set(country_codes(countries)) - set(chapter.countries.values_list("code", flat=True))
    if missing:
        chapter.countries.add(*Country.objects.filter(code__in=missing))


def _add_languages(chapter: Chapter, languages: Iterable[str]) -> None:
    missing = [language for language in languages if language not in chapter.languages]
    if missing:
        chapter.languages = [*chapter.languages, *missing]
        chapter.full_clean(exclude=["path"])
        chapter.save()


def homes_by_language() -> dict[str, Page]:
    """The site's root page and its translations, by language: a chapter can be opened in these."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    homes = site.root_page.get_translations(inclusive=True).select_related("locale") if site else []
    return {home.locale.language_code: home for home in homes}


def home_of(language: str) -> Page:
    """The home page of a language. ValidationError when there is none."""
    homes = homes_by_language()
    if language not in homes:
        raise ValidationError(
            _("The site has no home page in “%(language)s”. It has: %(homes)s.")
            % {"language": language, "homes": ", ".join(sorted(homes)) or _("none")}
        )
    return homes[language]


def _open_language(chapter: Chapter, language: str) -> list[str]:
    """Make what is missing of a chapter's tree in one language; addresses of what was made."""
    locale = Locale.objects.get(language_code=language) if _has_locale(language) else None
    home = home_of(language)
    locale = locale or home.locale
    front = ChapterPage.objects.filter(chapter=chapter, locale=locale).first()
    made = []
    if front is None:
        sibling = ChapterPage.objects.filter(chapter=chapter).order_by("pk").first()
        with override(language):
            front = ChapterPage(title=chapter.name(language), slug=chapter.code, chapter=chapter, locale=locale)
        if sibling:
            front.translation_key = sibling.translation_key
        add_public_page(home, front)
        made.append(front.url_path)
    there = {type(page) for page in front.get_children().specific()}
    for model, slug, titles in SECTIONS:
        if model not in there:
            section = model(title=titles.get(language, titles["en"]), slug=slug, locale=locale)
            _join_translations(section, model, chapter)
            add_public_page(front, section)
            made.append(section.url_path)
    return made


def _has_locale(language: str) -> bool:
    return Locale.objects.filter(language_code=language).exists()


def _join_translations(section: Page, model: type[Page], chapter: Chapter) -> None:
    """The sections of a chapter are translations of each other."""
    for front in ChapterPage.objects.filter(chapter=chapter).order_by("pk"):
        sibling = model.objects.child_of(front).first()
        if sibling is not None:
            section.translation_key = sibling.translation_key
            return


def add_public_page(parent: Page, page: Any) -> None:
    """Add a page that is live from the start: publishing a draft of it would save it four times.

    What the register shows gets a live revision, for its words are read from there (search/publication.py).
    """
    page.live, page.first_published_at, page.last_published_at = True, timezone.now(), timezone.now()
    page.has_unpublished_changes = False
    parent.add_child(instance=page)
    if isinstance(page, Registered):
        revision = page.save_revision(changed=False)  # type: ignore[attr-defined]
        Page.objects.filter(pk=page.pk).update(live_revision=revision)
        register.refresh(page.register_type, [page.get_ref()])
    log(page, "wagtail.publish")
