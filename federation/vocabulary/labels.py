"""Labels of codes in any language, from memory."""

import time
from threading import Lock

from .languages import content_languages, language_name
from .models import Country, Kind, Region, Theme, in_language

# Another process may have changed a label: after so many seconds it is read again.
FRESH_FOR = 30.0

_kept: dict[str, tuple[float, dict[str, dict[str, str]]]] = {}
_lock = Lock()


def labels(name: str) -> dict[str, dict[str, str]]:
    """Every code of a vocabulary ("country", "region", "theme", "kind" or "language") with its labels by language."""
    kept = _kept.get(name)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    with _lock:
        read = _READ[name]()
        _kept[name] = (time.monotonic() + FRESH_FOR, read)
    return read


def label(name: str, code: str, lang: str) -> str:
    """The label of one code; the code itself where the vocabulary does not know it."""
    return in_language(labels(name).get(code, {}), lang, code)


def coded(name: str, code: str, lang: str) -> dict[str, str]:
    """A coded value as documents show it: code and label."""
    return {"code": code, "label": label(name, code, lang)}


def plural(kind: str, lang: str) -> str:
    """What several things of a kind are called."""
    return in_language(labels("plural").get(kind, {}), lang, label("kind", kind, lang))


def forget() -> None:
    """Read everything again at the next question."""
    _kept.clear()


def living(theme: Theme) -> Theme:
    """The theme that stands for this one today: itself, or what it was merged into."""
    while theme.merged_into is not None:
        theme = theme.merged_into
    return theme


def _languages() -> dict[str, dict[str, str]]:
    codes = content_languages()
    return {code: {lang: language_name(code, lang) for lang in codes} for code in codes}


_READ = {
    "country": lambda: dict(Country.objects.values_list("code", "names")),
    "region": lambda: dict(Region.objects.values_list("code", "labels")),
    "theme": lambda: dict(Theme.objects.values_list("slug", "labels")),
    "kind": lambda: dict(Kind.objects.values_list("code", "labels")),
    "plural": lambda: dict(Kind.objects.values_list("code", "plurals")),
    "language": _languages,
    # Merged themes: old code -> {"into": the code that stands for it today}.
    "merged_theme": lambda: {
        theme.slug: {"into": living(theme).slug}
        for theme in Theme.objects.filter(merged_into__isnull=False).select_related("merged_into")
    },
}
