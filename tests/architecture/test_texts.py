"""Every text of the interface is translated into every language that the site speaks: site, admin, log and letters."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings

from federation import texts

# What a translation must repeat: blanks and tags; in which order is its own affair.
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|</?\w+[^>]*>")

every_catalogue = pytest.mark.parametrize("lang", texts.LANGUAGES)
of_every_app = pytest.mark.parametrize("app", texts.apps(), ids=lambda app: app.name)


def catalogue(app: Path, lang: str) -> dict[texts.Text, Any]:
    """The entries of a catalogue; none where an app has no texts."""
    file = texts.catalogue_file(app, lang)
    return {texts.named(entry): entry for entry in polib.pofile(str(file))} if file.exists() else {}


def test_the_languages_are_those_that_the_site_speaks() -> None:
    assert ["en", *texts.LANGUAGES] == settings.FEDERATION["SITE_LANGUAGES"]


def test_texts_are_found_in_python_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        "{% load i18n %}<p>it's\n  {% translate 'Open' context 'a door' %}</p>{% include 'b' with label=_('Name') %}"
        "{% blocktranslate trimmed count n=n %}\n One {{ n }}\n{% plural %}\n {{ n }} all\n{% endblocktranslate %}"
    )
    (tmp_path / "a.py").write_text('a = _("One" " text"), pgettext_lazy("b", "c"), ngettext("d", "e", 3), "not marked"')
    assert sorted(texts.texts(tmp_path)) == [
        texts.Text("Name"),
        texts.Text("One %(n)s", plural="%(n)s all"),
        texts.Text("One text"),
        texts.Text("Open", context="a door"),
        texts.Text("c", context="b"),
        texts.Text("d", plural="e"),
    ]


def test_new_texts_come_into_a_catalogue_and_those_that_are_gone_leave_it(tmp_path: Path) -> None:
    source, file = tmp_path / "a.py", texts.catalogue_file(tmp_path, "fr")
    source.write_text("_('Yes'), _('No')")
    assert texts.bring_in_step(tmp_path, "fr") == [texts.Text("No"), texts.Text("Yes")]
    file.write_text(file.read_text().replace('msgid "Yes"\nmsgstr ""', 'msgid "Yes"\nmsgstr "Oui"'))
    source.write_text("_('Yes'), ngettext('One', 'Many', 2)")
    assert texts.bring_in_step(tmp_path, "fr") == [texts.Text("One", plural="Many")]
    assert [(entry.msgid, texts.translations(entry)) for entry in polib.pofile(str(file))] == [
        ("One", ["", ""]),
        ("Yes", ["Oui"]),
    ]
    assert [entry.msgstr for entry in polib.mofile(str(file.with_suffix(".mo")))] == ["Oui"]


@every_catalogue
@of_every_app
def test_every_text_is_translated(app: Path, lang: str) -> None:
    """If this fails: `make texts`, then translate what it names."""
    known = catalogue(app, lang)
    assert sorted(text for text in texts.texts(app) if text not in known) == []
    assert sorted(known.keys() - texts.texts(app)) == []
    assert [text for text, entry in known.items() if not texts.is_translated(entry)] == []


@every_catalogue
@of_every_app
def test_what_is_compiled_is_what_was_written(app: Path, lang: str) -> None:
    """If this fails: `make texts`."""
    known = catalogue(app, lang)
    file = texts.catalogue_file(app, lang).with_suffix(".mo")
    compiled = {texts.named(entry): entry for entry in polib.mofile(str(file))} if file.exists() else {}
    assert {text: texts.translations(entry) for text, entry in compiled.items()} == {
        text: texts.translations(entry) for text, entry in known.items()
    }


@every_catalogue
@of_every_app
def test_a_translation_has_the_blanks_of_its_text(app: Path, lang: str) -> None:
    """Of several forms "one" may do without its number."""
    different = {
        text: one
        for text, entry in catalogue(app, lang).items()
        for one in texts.translations(entry)
        if not _fits(text, BLANK.findall(one))
    }
    assert different == {}


@of_every_app
def test_in_arabic_what_is_joined_by_hyphens_keeps_its_order(app: Path) -> None:
    """After an Arabic letter "1998-05" would be read as "05-1998", were it not isolated (U+2066, U+2069)."""
    reversed_ones = {
        text: one
        for text, entry in catalogue(app, "ar").items()
        for one in texts.translations(entry)
        if re.search(r"\d-\d", re.sub("\u2066.*?\u2069", "", one))
    }
    assert reversed_ones == {}


@every_catalogue
def test_no_app_hides_how_another_translates_the_same_text(lang: str) -> None:
    """Django merges the catalogues, the first installed wins. What means two things takes a context (`pgettext`)."""
    ways: dict[texts.Text, set[str]] = defaultdict(set)
    for app in texts.apps():
        for text, entry in catalogue(app, lang).items():
            ways[text].add("|".join(texts.translations(entry)))
    assert {text: words for text, words in ways.items() if len(words) > 1} == {}


def _fits(text: texts.Text, blanks: list[str]) -> bool:
    wanted = sorted(BLANK.findall(text.singular))
    if not text.plural:
        return sorted(blanks) == wanted
    return set(blanks) <= set(wanted) | set(BLANK.findall(text.plural))
