"""Who may see an item and until when it is held back are decided on its page, with a reason, by moderators."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from cases.models import Case, Statement
from tests.factories import make_article, make_case, make_statement

from .conftest import client_of, person, public

pytestmark = pytest.mark.django_db

MAKERS = [make_case, make_statement]
ROLES: dict[str, Any] = {
    "moderator": ("moderator", "tn"),
    "case-officer": ("case-officer", "tn"),
    "staff": ("staff", "world"),
    "editor": ("editor", "tn"),
    "translator": ("translator", "tn", {"locales": ["en"]}),
}
NOT_YOURS = "Moderators of the owner chapter and federation staff decide that."


def press(client: Client, item: Any, do: str, **sent: Any) -> Any:
    response = client.post(f"/admin/item/{item.get_ref()}/", {"do": do, **sent}, follow=True)
    return (
        [str(message) for message in response.context["messages"]] if response.redirect_chain else response.status_code
    )


def moderator() -> Client:
    return client_of(person("moderator", ("moderator", "tn")))


def status(item: Any) -> int:
    return Client().get(f"/api/v3/{item.register_type}s/{item.ref}/").status_code


def logged(item: Any) -> list[tuple[str, str, dict[str, str]]]:
    found = ModelLogEntry.objects.for_instance(item).filter(action__startswith="federation.").order_by("pk")
    return [(entry.action, entry.user.get_username(), entry.data) for entry in found]


def tomorrow() -> Any:
    return (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)


def forms(client: Client, item: Any) -> list[str]:
    page = client.get(f"/admin/item/{item.get_ref()}/").content.decode()
    return [do for do in ("show", "hold-back", "lift-embargo") if f'name="do" value="{do}"' in page]


@pytest.mark.parametrize("make", MAKERS)
def test_a_moderator_makes_it_public_and_it_is_in_the_api_at_once(make: Any) -> None:
    item = make(visibility="chapter")
    before = status(item)
    said = press(moderator(), item, "show", visibility="public", reason="The family agrees")
    assert said == ["Everybody: what of it is published is public, unless something holds it back."]
    assert (before, status(item), public(item)) == (404, 200, ["en"])
    assert logged(item) == [
        ("federation.visibility", "moderator", {"visibility": "public", "reason": "The family agrees"})
    ]


def test_it_is_taken_from_the_public_as_quickly() -> None:
    case = make_case()
    said = press(moderator(), case, "show", visibility="federation", reason="A threat")
    assert said == ["The federation: it is not public, whatever of it is published."]
    assert (status(case), public(case)) == (410, [])


def test_making_it_visible_publishes_no_draft() -> None:
    case = make_case(visibility="chapter", live=False)
    press(moderator(), case, "show", visibility="public", reason="The family agrees")
    assert (Case.objects.get().visibility, status(case), public(case)) == ("public", 404, [])


@pytest.mark.parametrize("make", MAKERS)
def test_an_embargo_hides_it_until_it_is_lifted(make: Any) -> None:
    item, client, until = make(), moderator(), tomorrow()
    said = press(client, item, "hold-back", until=until.strftime("%Y-%m-%dT%H:%M"), reason="Until the hearing")
    assert said == ["It is held back: until that moment it is not public, in any language."]
    assert (type(item).objects.get().embargo_until, status(item), public(item)) == (until, 410, [])
    assert press(client, item, "lift-embargo", reason="It was yesterday") == ["The embargo is lifted."]
    assert (type(item).objects.get().embargo_until, status(item), public(item)) == (None, 200, ["en"])
    assert [(action, data) for action, _, data in logged(item)] == [
        ("federation.embargo", {"embargo_until": str(until), "reason": "Until the hearing"}),
        ("federation.embargo", {"embargo_until": "None", "reason": "It was yesterday"}),
    ]


def test_each_sees_the_forms_that_they_may_send() -> None:
    case = make_case(embargo_until=tomorrow())
    every = ["show", "hold-back", "lift-embargo"]
    found = {role: forms(client_of(person(role, given)), case) for role, given in ROLES.items()}
    assert found == {"moderator": every, "case-officer": every, "staff": every, "editor": [], "translator": []}


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_who_does_not_moderate_is_refused_with_a_sentence(role: str) -> None:
    case, client = make_case(visibility="chapter"), client_of(person(role, ROLES[role]))
    until = tomorrow().isoformat()
    answers = [
        press(client, case, "show", visibility="public", reason="I want it"),
        press(client, case, "hold-back", until=until, reason="I want it"),
        press(client, case, "lift-embargo", reason="I want it"),
    ]
    assert answers == [[NOT_YOURS]] * 3
    assert (Case.objects.get().visibility, Case.objects.get().embargo_until, logged(case)) == ("chapter", None, [])


def test_strangers_find_nothing_and_of_what_is_public_decide_nothing() -> None:
    hidden, shown = make_case(visibility="chapter"), make_statement()
    stranger = client_of(person("stranger", ("moderator", "fr")))
    assert press(stranger, hidden, "show", visibility="public", reason="Why not") == 404
    assert press(stranger, shown, "show", visibility="chapter", reason="Why not") == [NOT_YOURS]
    assert (Case.objects.get().visibility, Statement.objects.get().visibility) == ("chapter", "public")


def test_what_is_missing_or_makes_no_sense_is_said() -> None:
    case, client = make_case(), moderator()
    why, past = "Say why: it stays in the item's history.", timezone.now() - timedelta(minutes=1)
    moment = "Choose a moment to come, within a hundred years. To end an embargo, lift it."
    asked = {
        "no reason": press(client, case, "show", visibility="chapter", reason=" "),
        "as it is": press(client, case, "show", visibility="public", reason="Again"),
        "no moment": press(client, case, "hold-back", reason="Soon"),
        "past": press(client, case, "hold-back", until=past.isoformat(), reason="Soon"),
        "far": press(client, case, "hold-back", until="9999-12-31T23:59", reason="Never"),
        "nothing to lift": press(client, case, "lift-embargo", reason="Now"),
    }
    assert asked == {
        "no reason": [why],
        "as it is": ["That is so already: nothing was changed."],
        "no moment": ["Say until when it is held back."],
        "past": [moment],
        "far": [moment],
        "nothing to lift": ["No embargo holds it back."],
    }
    assert (public(case), logged(case)) == (["en"], [])


def test_an_article_has_no_such_button(admin_of_the_house: Client) -> None:
    article = make_article()
    answer = press(admin_of_the_house, article, "show", visibility="chapter", reason="Why not")
    assert (answer, forms(admin_of_the_house, article)) == (404, [])


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("fr", "Tout le monde : ce qui en est publié est public, sauf si quelque chose le retient."),
        ("es", "Todo el mundo: lo que esté publicado es público, salvo que algo lo retenga."),
        ("ar", "الجميع: ما نُشر منها علني، ما لم يحجبها شيء."),
    ],
)
def test_what_will_happen_is_said_in_the_language_of_who_decides(lang: str, sentence: str) -> None:
    user, case = person("moderator", ("moderator", "tn")), make_case(visibility="chapter")
    UserProfile.get_for_user(user)
    UserProfile.objects.filter(user=user).update(preferred_language=lang)
    assert sentence in client_of(user).get(f"/admin/item/{case.ref}/").content.decode()
