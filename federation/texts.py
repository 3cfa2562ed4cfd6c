"""`make texts`: brings the catalogues of translated texts in step with the source, and compiles them.

By Babel and polib, which are installed anyway: no machine needs gettext's own tools. What is written depends on the
texts alone, so that two people's catalogues merge.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, cast

import polib
from babel.messages.catalog import PYTHON_FORMAT
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

from federation.settings.base import FEDERATION, ROOT

# What the source is written in needs no translation.
LANGUAGES = [code for code in cast(list[str], FEDERATION["SITE_LANGUAGES"]) if code != "en"]
# Arabic: none, one, two, few, many, the rest.
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural="
    "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
}
# Babel knows gettext's functions; these are Django's.
KEYWORDS: Any = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class Text(NamedTuple):
    """A text as it is written in the source: `plural` and `context` are empty where it has none."""

    singular: str
    plural: str = ""
    context: str = ""


def apps() -> list[Path]:
    """The folders of our apps, each of which keeps its own catalogues."""
    return sorted(file.parent for pattern in ("*/apps.py", "federation/*/apps.py") for file in ROOT.glob(pattern))


def texts(app: Path) -> set[Text]:
    """Every text that an app marks for translation, in Python and in templates."""
    return {text for file in app.rglob("*") if _has_texts(file) for text in _texts_of(file)}


def catalogue_file(app: Path, language: str) -> Path:
    """Where an app's translations into a language are written."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def named(entry: Any) -> Text:
    """What an entry of a catalogue translates."""
    return Text(entry.msgid, entry.msgid_plural, entry.msgctxt or "")


def translations(entry: Any) -> list[str]:
    """Its translation: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def is_translated(entry: Any) -> bool:
    """In every form, and not by guessing."""
    return not entry.fuzzy and all(translations(entry))


def bring_in_step(app: Path, language: str) -> list[Text]:
    """Take in the new texts of an app, drop those that are gone, compile. Returns what has no translation yet."""
    file = catalogue_file(app, language)
    known = {named(entry): entry for entry in polib.pofile(str(file))} if file.exists() else {}
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Language": language,
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": PLURALS[language],
    }
    catalogue.extend(_entry(text, language, known.get(text)) for text in sorted(texts(app)))
    if catalogue:
        file.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(file))
        catalogue.save_as_mofile(str(file.with_suffix(".mo")))
    return [named(entry) for entry in catalogue if not is_translated(entry)]


def main() -> int:
    """Every catalogue; 1 if something has no translation yet, which is then named."""
    missing = [
        (app, language, text) for app in apps() for language in LANGUAGES for text in bring_in_step(app, language)
    ]
    for app, language, text in missing:
        print(f"{app.relative_to(ROOT)} {language}: {text.singular}")
    return 1 if missing else 0


def _has_texts(file: Path) -> bool:
    return file.suffix == ".py" or (file.suffix in {".html", ".txt"} and "templates" in file.parts)


def _texts_of(file: Path) -> Iterator[Text]:
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # In brackets Python's tokenizer minds no indentation.
        source = f"({templatize(source, origin=str(file))})"
    for _line, found, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        singular, plural = (found, "") if isinstance(found, str) else found[:2]
        if singular:
            yield Text(singular, plural, context or "")


def _entry(text: Text, language: str, known: Any) -> polib.POEntry:
    forms = int(PLURALS[language].removeprefix("nplurals=")[0])
    return polib.POEntry(
        msgid=text.singular,
        msgid_plural=text.plural,
        msgctxt=text.context or None,
        msgstr=known.msgstr if known else "",
        msgstr_plural=known.msgstr_plural if known else dict.fromkeys(range(forms), "") if text.plural else {},
        flags=["python-format"] if PYTHON_FORMAT.search(text.singular + text.plural) else [],
    )


if __name__ == "__main__":
    sys.exit(main())
