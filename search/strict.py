"""Parameters read strictly: what is unknown, repeated or has no such value is named, with what was probably meant."""

import re
from collections.abc import Collection, Iterable
from datetime import date

from federation.vocabulary.languages import content_languages
from federation.vocabulary.names import nearest

from .words import LONGEST, Words, read

# How much of somebody's input an error repeats.
ECHO = 100

Values = dict[str, list[str]]

# fromisoformat alone would take "20260228" and weeks too.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadParameter(Exception):
    """A parameter that cannot be answered: which, why, and what was probably meant."""

    def __init__(self, name: str, detail: str, *, suggestion: str | None = None) -> None:
        """All three are sent to the client: no longer and no more than it may see."""
        super().__init__(detail)
        self.name, self.detail, self.suggestion = name[:ECHO], detail, suggestion


def echoed(text: str) -> str:
    """Somebody's input, safe to repeat: no control characters, not too long."""
    return "".join(sign for sign in text if sign.isprintable())[:ECHO]


def no_such_value(name: str, value: str, known: Iterable[str]) -> BadParameter:
    """The error of a value that is none of those known; what is suggested is one of them."""
    candidates = sorted(known)
    near = nearest(value, candidates) or nearest(value.upper(), candidates)
    hint = f" Did you mean '{near}'?" if near else ""
    return BadParameter(name, f"'{name}' has no value '{echoed(value)}'.{hint}", suggestion=near)


def collected(
    given: Iterable[tuple[str, str]], *, several: Collection[str] = (), single: Collection[str] = ()
) -> Values:
    """Values by name. BadParameter for a name that is neither, and for a second value of one that takes one only."""
    values: Values = {}
    for name, value in given:
        if name not in several and name not in single:
            raise _no_such_parameter(name, sorted([*several, *single]))
        if name in single and name in values:
            raise BadParameter(name, f"'{name}' can be given once only.")
        values.setdefault(name, []).append(value)
    return values


def _no_such_parameter(name: str, known: list[str]) -> BadParameter:
    near = nearest(name, known)
    taken = f"Parameters: {', '.join(known)}." if known else "This address takes none."
    hint = f"Did you mean '{near}'?" if near else taken
    return BadParameter(name, f"There is no parameter '{echoed(name)}'. {hint}", suggestion=near)


def one_of(values: Values, name: str, known: Collection[str], otherwise: str) -> str:
    """The one value of a parameter that takes few."""
    text = values.get(name, [otherwise])[0]
    if text not in known:
        raise no_such_value(name, text, known)
    return text


def members(values: Values, name: str, known: Collection[str]) -> tuple[str, ...]:
    """Names of fields and facets; they have no comma in them, so that one may separate them."""
    asked = [part.strip() for value in values.get(name, []) for part in value.split(",") if part.strip()]
    for part in asked:
        if part not in known:
            raise no_such_value(name, part, known)
    return tuple(dict.fromkeys(asked))


def language_chain(values: Values) -> tuple[str, ...]:
    """Languages in the order of preference: those of `locale`, then those of `fallback`; "*" is any."""
    codes = content_languages()
    chain = []
    for name, known in (("locale", codes), ("fallback", [*codes, "*"])):
        for value in values.get(name, []):
            if value not in known:
                raise no_such_value(name, value, known)
            chain.append(value)
    return tuple(dict.fromkeys(chain))


def day(values: Values, name: str) -> date | None:
    """A day; None when there is none given."""
    if name not in values:
        return None
    text = values[name][0]
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadParameter(name, f"'{name}' is a day written as 2026-02-28; '{echoed(text)}' is none.")


def flag(values: Values, name: str) -> bool:
    """True or false; false when not given."""
    text = values.get(name, ["false"])[0]
    if text not in {"true", "false"}:
        raise BadParameter(name, f"'{name}' is true or false, not '{echoed(text)}'.")
    return text == "true"


def number(values: Values, name: str, otherwise: int, *, least: int, most: int) -> int:
    """A whole number in ASCII digits."""
    if name not in values:
        return otherwise
    text = values[name][0]
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise BadParameter(name, f"'{name}' is a whole number from {least} to {most}, not '{echoed(text)}'.")
    return int(text)


def words(values: Values, name: str) -> Words:
    """Words to look for. Whatever was typed, it is no error but for its length."""
    text = values.get(name, [""])[0]
    if len(text) > LONGEST:
        raise BadParameter(name, f"'{name}' has at most {LONGEST} characters.")
    return read(text)
