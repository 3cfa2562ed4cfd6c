"""The language switcher: to the same thing in each language, or an honest word that it is not translated."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, override

from federation.vocabulary.languages import direction, language_name, site_languages

from . import chapter_tree

Document = dict[str, Any]


@dataclass
class Elsewhere:
    """Where a thing stands in other languages.

    Attributes:
        translations: language -> address of the thing.
        instead: language -> the nearest address where it does not exist.
    """

    translations: dict[str, str]
    instead: dict[str, str] = field(default_factory=dict)


def of_thing(document: Document) -> Elsewhere:
    """A thing's translations. Statements and cases are shown untranslated; for pages it is their chapter's front."""
    translations = {one["locale"]: one["url"] for one in document["translations"]}
    if document["type"] in {"statement", "case"}:
        rest = document["url"].split("/", 2)[2]
        return Elsewhere(translations, {code: f"/{code}/{rest}" for code in site_languages()})
    fronts = {code: _front(document["owner"]["code"], code) for code in site_languages()}
    return Elsewhere(translations, {code: url for code, url in fronts.items() if url})


def of_section(chapter: str, type_name: str, parameters: str) -> Elsewhere:
    """The section of the same chapter for the same things; parameters are the same in every language."""
    translations, instead = {}, {}
    for code in site_languages():
        document = _in(chapter, code)
        sections = document["sections"] if document else []
        url = next((one["url"] for one in sections if one["type"] == type_name), "")
        if url:
            translations[code] = f"{url}?{parameters}" if parameters else url
        elif document:
            instead[code] = document["url"]
    return Elsewhere(translations, instead)


def nowhere() -> Elsewhere:
    """For pages that are no thing: each language leads to its front, and nothing is missing."""
    return Elsewhere({code: f"/{code}/" for code in site_languages()})


def switcher(request: HttpRequest, lang: str, elsewhere: Elsewhere | None) -> list[Document]:
    """Every language of the site with an address; `missing` says, in that language, that the thing is not in it.

    Without `elsewhere` the address is the same but for the language, with its filters.
    """
    if elsewhere is None:
        rest = _without_page(request).removeprefix(f"/{lang}")
        elsewhere = Elsewhere({code: f"/{code}{rest}" for code in site_languages()})
    return [_language(code, code == lang, elsewhere) for code in site_languages()]


def _language(code: str, here: bool, elsewhere: Elsewhere) -> Document:
    known = elsewhere.translations.get(code)
    with override(code):
        missing = "" if known else gettext("not translated")
    return {
        "code": code,
        "name": language_name(code, code),
        "dir": direction(code),
        "here": here,
        "url": known or elsewhere.instead.get(code) or f"/{code}/",
        "missing": missing,
    }


def _without_page(request: HttpRequest) -> str:
    given = request.GET.copy()
    given.pop("page", None)
    return f"{request.path_info}?{given.urlencode()}" if given else request.path_info


def _in(chapter: str, lang: str) -> Document | None:
    """A chapter's document, if it exists in this language."""
    document = chapter_tree.chapters(lang).get(chapter)
    return document if document is not None and document["locale"] == lang else None


def _front(chapter: str, lang: str) -> str:
    document = _in(chapter, lang)
    return str(document["url"]) if document else ""
