"""Opening the site: a home page in each language that the site speaks."""

from django.db import transaction
from wagtail.models import Locale, Page, Site

from federation.vocabulary.languages import site_languages

from .models import HomePage

TITLES = {"en": "Home", "fr": "Accueil", "es": "Inicio", "ar": "الرئيسية"}


def open_site() -> int:
    """Make the home pages that are missing, and the default site on top of the first; how many were made."""
    made = 0
    with transaction.atomic():
        first: HomePage | None = None
        for language in site_languages():
            locale = Locale.objects.get_or_create(language_code=language)[0]
            home = HomePage.objects.filter(locale=locale, depth=2).first()
            if home is None:
                home = _make_home(language, locale, first)
                made += 1
            first = first or home
        if first is not None:
            _stand_site_on(first)
    return made


def _make_home(language: str, locale: Locale, first: HomePage | None) -> HomePage:
    root = Page.get_first_root_node()
    home = HomePage(title=TITLES.get(language, TITLES["en"]), slug=f"home-{language}", locale=locale)
    if first is not None:
        home.translation_key = first.translation_key
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _stand_site_on(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    elif not isinstance(site.root_page.specific, HomePage):
        welcome = site.root_page
        site.root_page = home
        site.save()
        if welcome.depth == 2 and not welcome.get_children().exists():
            welcome.delete()
