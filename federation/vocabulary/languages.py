"""Languages: those that content can be in, and those that the site itself speaks."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import gettext_noop

from federation.options import option

# Scripts written from right to left, by language (Unicode CLDR).
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku-arab", "ps", "sd", "ug", "ur", "yi"})

# In the admin languages are called as Django's catalogues call them; this one Django 5.2 does not know.
KURDISH = gettext_noop("Kurdish")


def direction(code: str) -> str:
    """ "rtl" or "ltr" for a BCP 47 tag."""
    return "rtl" if code.lower() in RIGHT_TO_LEFT or code.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def content_languages() -> list[str]:
    """Codes of every language that content can be in."""
    return [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]


def site_languages() -> list[str]:
    """Codes of the languages that the site speaks, in the order in which readers are offered them."""
    return list(option("SITE_LANGUAGES"))


@lru_cache(maxsize=1024)
def language_name(code: str, lang: str) -> str:
    """The name of a language, in a language (CLDR); the code itself when CLDR has none."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return code
    return name or code
