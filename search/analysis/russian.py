"""Russian: Snowball's stemmer; vowels that come and go before the last consonant go for good."""

import re

from .folding import composed, fold
from .snowball import Snowball

_snowball = Snowball("russian")

_CONSONANT = "[бвгджзйклмнпрстфхцчшщь]"
_FLEETING = re.compile(f"(?<={_CONSONANT})[ое](к|ц)$")
_IRREGULAR = {
    form: stem
    for stem, forms in {
        "день": "день дня дню днем дне дни дней дням днями днях",
        "люд": "люди людей людям людьми людях",
        "дет": "дети детей детям детьми детях",
        "печат": "печать печати печатью печатей печатях",
    }.items()
    for form in forms.split()
}
# A surname, or many of something: "Миронов" is one man, "адвокатов" several lawyers.
_SURNAME = re.compile("(?<=...)[ое]в$")
# What Snowball cannot tell from the country next door.
_NIGERIA = re.compile("^нигери")


def stem(written: str, exact: str) -> tuple[str, ...]:
    """The stem of a Russian word; of what may be a surname, also the one its other cases have."""
    word = composed(written).casefold().replace("ё", "е")
    if word in _IRREGULAR:
        return (_IRREGULAR[word],)
    if _NIGERIA.match(word):
        return ("нигери",)
    stems = [fold(_FLEETING.sub(r"\1", _snowball(word)))]
    if _SURNAME.search(word):
        stems.append(fold(word))
    return tuple(dict.fromkeys(stems))
