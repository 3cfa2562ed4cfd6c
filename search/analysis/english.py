"""English: Snowball's stemmer behind one spelling; words that it would throw together are kept apart."""

import re

from .snowball import Snowball

_snowball = Snowball("english")

_IRREGULAR = {
    "children": "child",
    "women": "woman",
    "men": "man",
    "feet": "foot",
    "wives": "wife",
    "lives": "life",
    "defence": "defens",
    "offence": "offens",
    "licence": "licens",
    "centre": "center",
    "centres": "center",
}
_AMERICAN = re.compile("(labo|colo|hono|favo|neighbo|harbo|behavio|rumo|humo|endeavo|armo|vigo)u(r)")
_WITH_S = re.compile("(?<=.{4})is(e|ed|es|ing|er|ers|ation|ations|ational)$")
_WITH_Z = r"iz\1"


def stem(written: str, exact: str) -> str:
    """The stem of an English word."""
    if exact in _IRREGULAR:
        return _IRREGULAR[exact]
    return _snowball(_AMERICAN.sub(r"\1\2", _WITH_S.sub(_WITH_Z, exact)))
