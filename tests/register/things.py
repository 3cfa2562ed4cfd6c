"""A type of its own, with things made by hand: what the register does is shown without chapters or cases."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any

from search.things import Thing, Version
from search.types import ContentType

PUBLISHED = datetime(2015, 11, 24, 12, tzinfo=UTC)


def version(locale: str = "en", **given: Any) -> Version:
    """A version whose title and path follow from its language."""
    values: dict[str, Any] = {
        "title": f"Letter to a minister ({locale})",
        "path": f"/{locale}/letters/x/",
        "original": locale == "en",
        "published_at": PUBLISHED,
        "updated_at": PUBLISHED,
        "owner": {"code": "tn", "label": "Tunisia"},
        **given,
    }
    return Version(locale=locale, **values)


def thing(ref: str = "bcdfghjkmn", *locales: str, **given: Any) -> Thing:
    """A letter of the Tunisian chapter."""
    values: dict[str, Any] = {
        "kind": "open-letter",
        "date": date(2015, 11, 24),
        "owner": "tn",
        "chapters": ("tn", "maghreb", "world"),
        "countries": ("TN",),
        "versions": tuple(version(locale, path=f"/{locale}/letters/{ref}/") for locale in locales or ("en",)),
        **given,
    }
    return Thing(type="letter", ref=ref, **values)


class Letters:
    """The content behind the type: what stands in `all` is what ought to be public."""

    def __init__(self) -> None:
        self.all: dict[str, Thing] = {}

    def things(self, refs: Collection[str] | None) -> Iterable[Thing]:
        """Those of the refs that ought to be public."""
        return [thing for ref, thing in self.all.items() if refs is None or ref in refs]

    def content_type(self) -> ContentType:
        """The declaration."""
        return ContentType(
            name="letter",
            plural="letters",
            label={"en": "Letter"},
            label_plural={"en": "Letters"},
            models=list,
            things=self.things,
            refs=lambda: self.all.keys(),
        )
