"""What surrounds a page is data: of the federation and of each chapter, by language, inherited, the same in the API."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.test import Client

from chapters.models import Chapter
from chapters.validators import validate_colour
from federation.media.models import Picture
from home.models import FreePage, HomePage
from tests.factories import front, publish
from tests.media.files import jpeg

from .pages import look

pytestmark = pytest.mark.django_db

BASE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """Every test here has chapters."""


def links(*several: tuple[str, str]) -> str:
    return json.dumps([{"type": "link", "value": {"text": text, "target": target}} for text, target in several])


def given(*several: tuple[str, str]) -> list[dict[str, str]]:
    """The same as documents have it."""
    return [{"text": text, "url": BASE + to if to.startswith("/") else to} for text, to in several]


def settings(client: Client, code: str, lang: str) -> Any:
    response = client.get(f"/api/v3/chapters/{code}/?locale={lang}")
    assert response.status_code == 200
    return response.json()["settings"]


MENU = (("Statements", "/en/statements/"), ("Chapters", "/en/chapters/"))
ELSEWHERE = (("Mastodon", "https://social.example.org/@us"), ("Give", "https://give.example.org/"))
LEGAL = (("Privacy", "/en/privacy/"), ("Imprint", "/en/imprint/"))


def free_page(title: str, slug: str, lang: str = "en") -> FreePage:
    """A page of the federation's own."""
    home = HomePage.objects.get(locale__language_code=lang)
    page = FreePage(title=title, slug=slug, locale=home.locale)
    home.add_child(instance=page)
    return publish(page)


def settle_the_federation() -> None:
    """Its words and links in English, and a line in French."""
    free_page("Privacy", "privacy")
    free_page("Imprint", "imprint")
    root = front("world")
    root.strapline, root.footer = "A right, no favour", "1 Harbour Street"
    root.menu, root.links, root.footer_links = links(*MENU), links(*ELSEWHERE), links(*LEGAL)
    publish(root)
    french = front("world", "fr")
    french.strapline = "Un droit, pas une faveur"
    publish(french)
    world = Chapter.objects.get(code="world")
    world.colour, world.accent_colour = "#12485c", "#7a2e39"
    world.save()


OF_THE_FEDERATION = {
    "strapline": "A right, no favour",
    "logo": None,
    "colour": "#12485c",
    "accent_colour": "#7a2e39",
    "menu": given(*MENU),
    "links": given(*ELSEWHERE),
    "footer": "1 Harbour Street",
    "footer_links": given(*LEGAL),
}


def test_a_chapter_has_what_the_federation_has_until_it_has_its_own(client: Client) -> None:
    settle_the_federation()
    assert settings(client, "world", "en") == {"name": "Federation", **OF_THE_FEDERATION}
    assert settings(client, "tn", "en") == {"name": "Tunisia", **OF_THE_FEDERATION}
    assert settings(client, "tn", "fr") == {
        **OF_THE_FEDERATION, "name": "Tunisie", "strapline": "Un droit, pas une faveur", "menu": [], "links": [],
        "footer": "", "footer_links": [],
    }  # fmt: skip
    own = front("tn")
    own.menu, own.footer = links(("News", "/en/tn/news/")), "2 Rue du Port"
    publish(own)
    tunisia = Chapter.objects.get(code="tn")
    tunisia.colour = "#5a3d7a"
    tunisia.save()
    assert settings(client, "tn", "en") == {
        **OF_THE_FEDERATION, "name": "Tunisia", "menu": given(("News", "/en/tn/news/")), "footer": "2 Rue du Port",
        "colour": "#5a3d7a",
    }  # fmt: skip
    assert settings(client, "mena", "en") == {"name": "Middle East and North Africa", **OF_THE_FEDERATION}


def test_a_page_shows_the_settings_of_its_chapter(client: Client) -> None:
    settle_the_federation()
    own = front("tn")
    own.footer, own.links = "2 Rue du Port", links(("Give to Tunisia", "https://give.example.org/tn"))
    publish(own)
    page = look(client, "/en/tn/")
    # The menu is the site's; the chapter has its sections below it.
    assert page.texts("nav.menu a") == ["Statements", "Chapters"]
    assert page.texts("footer.site p")[:3] == ["Tunisia", "A right, no favour", "2 Rue du Port"]
    assert page.links("footer.site a")[:3] == ["https://give.example.org/tn", "/en/privacy/", "/en/imprint/"]
    style = page.html.style
    assert style is not None
    assert "--accent:#12485c" in style.text
    front_page = look(client, "/en/")
    assert front_page.texts("footer.site p")[:3] == ["Federation", "A right, no favour", "1 Harbour Street"]
    assert front_page.links("footer.site a")[:4] == [to for _, to in (*ELSEWHERE, *LEGAL)]
    assert look(client, "/en/privacy/").texts("h1") == ["Privacy"]


def test_a_withdrawn_page_is_linked_from_no_footer_even_where_it_was_inherited(client: Client) -> None:
    settle_the_federation()
    FreePage.objects.get(slug="privacy").unpublish()
    for code in ("world", "mena", "tn"):
        assert settings(client, code, "en")["footer_links"] == given(("Imprint", "/en/imprint/")), code
    assert "/en/privacy/" not in look(client, "/en/tn/news/").links("footer.site a")


def test_a_logo_is_inherited_and_shown_beside_the_name(client: Client) -> None:
    # Its file lies on its side, and is stood up.
    logo = Picture.objects.create(
        title="Mark", file=ImageFile(BytesIO(jpeg((64, 48))), name="mark.jpg"), width=64, height=48
    )
    world = Chapter.objects.get(code="world")
    world.logo = logo
    world.save()
    publish(front("world"))
    own, inherited = (settings(client, code, "en")["logo"] for code in ("world", "tn"))
    assert own == inherited
    assert {name: own[name] for name in ("alt", "width", "height")} == {"alt": "", "width": 48, "height": 64}
    image = look(client, "/en/").html.select_one("header.site .name img")
    assert image is not None
    assert (image["src"], image["alt"]) == (own["renditions"][-1]["url"].removeprefix(BASE), "")
    assert client.get(str(image["src"])).status_code == 200


@pytest.mark.parametrize(
    ("colour", "fine"), [("#12485c", True), ("#767676", True), ("#777777", False), ("#fff", False)]
)
def test_colours_of_chapters_can_be_read_on_paper(colour: str, fine: bool) -> None:
    if fine:
        return validate_colour(colour)
    with pytest.raises(ValidationError):
        validate_colour(colour)
    return None


def test_an_editor_sets_menu_and_footer_in_the_admin_in_two_languages(client: Client, admin_client: Client) -> None:
    for lang, word in (("en", "All"), ("fr", "Tout")):
        page = front("tn", lang)
        stream = {"menu": word, "links": f"{word} elsewhere", "footer_links": f"{word} about"}
        form = {
            "title": page.title, "slug": page.slug, "summary": "", "strapline": f"{word}: ours", "footer": word,
            "front-count": "0", "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
            "action-publish": "action-publish",
        }  # fmt: skip
        for name, text in stream.items():
            form |= {
                f"{name}-count": "1", f"{name}-0-deleted": "", f"{name}-0-order": "0", f"{name}-0-type": "link",
                f"{name}-0-id": "", f"{name}-0-value-text": text, f"{name}-0-value-target": f"/{lang}/all/",
            }  # fmt: skip
        assert admin_client.post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    for lang, word in (("en", "All"), ("fr", "Tout")):
        found = settings(client, "tn", lang)
        assert {name: found[name] for name in ("strapline", "footer", "menu", "links", "footer_links")} == {
            "strapline": f"{word}: ours",
            "footer": word,
            "menu": given((word, f"/{lang}/all/")),
            "links": given((f"{word} elsewhere", f"/{lang}/all/")),
            "footer_links": given((f"{word} about", f"/{lang}/all/")),
        }
