"""French: endings that make new words stay on; feminine forms and plurals that Snowball misses."""

import re

from .folding import composed
from .snowball import Careful

_APART = {
    "enjeu": "enjeu enjeux",
    "lieu": "lieu lieux",
    "milieu": "milieu milieux",
    "aveu": "aveu aveux",
    "voeu": "voeu voeux",
    "neveu": "neveu neveux",
    "cheveu": "cheveu cheveux",
    "deux": "deux",
    "oeil": "oeil yeux",
    "refus": "refus",
    "abus": "abus",
    "parlement": "parlement parlements",
    "appartement": "appartement appartements",
    "departement": "departement departements",
    "moral": "moral morale moraux morales",
    "niger": "niger",
    "attention": "attention attentions",
    "communication": "communication communications",
    "conversation": "conversation conversations",
    "conversion": "conversion conversions",
    "delai": "delai delais",
    "delit": "delit delits",
    "francais": "francais francaise francaises",
    "nation": "nation nations",
    "pension": "pension pensions",
    "petition": "petition petitions",
    "section": "section sections",
    "serie": "serie series",
    "station": "station stations",
    "tension": "tension tensions",
    "testament": "testament testaments",
    "version": "version versions",
}

_IER = re.compile("(?<=..)iée?s?$")
_ACCENTED = re.compile("ee?s?$")

_stem = Careful(
    "french",
    apart=_APART,
    kept=(
        ("(?<=...)(?:eurs?|euses?|eux)", "eur"),
        ("(?<=..)trices?", "teur"),
        ("(?<=..)(?:iques?|ics?)", "ic"),
        ("(?<=..)([ae])nces?", r"\1nce"),
        ("(?<=..)is([mt])es?", r"is\1e"),
        ("(?<=..)(?:ifs?|ives?)", "if"),
        ("(?<=..)ante?s?", "ant"),
        ("(?<=..)ssions?", "ssion"),
        ("(?<=.)oi(?:ses?|s)?", "oi"),
        # the same as verbs in -ier: publier, publié
        ("(?<=...)(?:iers?|ieres?)", "i"),
    ),
    mended=(
        ("(?<=..)ennes?$", "en"),
        ("(?<=..)onnes?$", "on"),
        ("(?<=...)elles?$", "el"),
        ("(?<=..)ee(s?)$", r"ée\1"),
        ("(?<=..)erent$", "èrent"),
        # interdit, interdite; permis, permise: for Snowball an ending of verbs in -ir
        ("(?<=..)it$", "ite"),
        ("(?<=.[^ao])is$", "ise"),
        ("(?<=.[^aeiou])ue?s$", "u"),
    ),
)


def stem(written: str, exact: str) -> tuple[str, ...]:
    """The stem of a French word. Only the accent tells "réfugiés" (réfugier) from "punies" (punir)."""
    if _IER.search(composed(written).casefold()):
        return (_ACCENTED.sub("", exact),)
    return _stem(written, exact)
