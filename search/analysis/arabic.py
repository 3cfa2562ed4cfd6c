"""Arabic: the clitics before a word and the endings behind it, as far as they can be told from its root."""

import re

_BEFORE = re.compile("^(?:[وف]?(?:ال|[بك]ال|لل)|[وفبكل])(?=.{3})")
_BEHIND = re.compile("(?<=..)(?:هما|كما|هم|هن|كم|نا|ها|ات|ون|ين|ان|ه|ي)+$")


def stem(written: str, exact: str) -> str:
    """The stem of an Arabic word."""
    return _BEHIND.sub("", _BEFORE.sub("", exact))
