"""Letters about items: a neutral title and a link, never a word of what is said (safety rule 19)."""

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.mail import EmailNotificationMixin, send_mail
from wagtail.users.models import UserProfile

from .items import item_url

logger = logging.getLogger(__name__)

# What has happened -> what the letter says of it, and the preference of a person that it goes by.
NEWS: dict[str, tuple[Any, str]] = {
    "submitted": (gettext_lazy("An item waits for your review"), "submitted"),
    "returned": (gettext_lazy("An item was returned to you"), "rejected"),
    "approved": (gettext_lazy("An item was approved"), "approved"),
    "withdrawn": (gettext_lazy("An item was withdrawn"), ""),
    "back": (gettext_lazy("An item was put back"), ""),
    "held": (gettext_lazy("An item is held by federation staff"), ""),
    "released": (gettext_lazy("An item was released"), ""),
    "invited": (gettext_lazy("Your chapter is invited to publish an item"), ""),
    "accepted": (gettext_lazy("A chapter has accepted your invitation"), ""),
    "left": (gettext_lazy("A chapter no longer publishes an item with you"), ""),
    "transfer-asked": (gettext_lazy("Your chapter is asked to take over an item"), ""),
    "transfer-accepted": (gettext_lazy("A chapter has taken over an item"), ""),
    "transfer-declined": (gettext_lazy("A chapter does not take over an item"), ""),
    "transfer-taken-back": (gettext_lazy("Your chapter is no longer asked to take over an item"), ""),
}


def tell(people: Iterable[Any], what: str, ref: str, *, but: Any = None) -> None:
    """Write to these people, after the commit, that something has happened to an item; not to who did it."""
    receivers = {person.pk: person for person in people if person is not None and person != but}
    transaction.on_commit(partial(_send, list(receivers.values()), what, ref))


def silence_wagtail() -> None:
    """Wagtail's own letters about workflows put titles into subjects (8.0.1); ours are sent instead."""
    EmailNotificationMixin.get_valid_recipients = lambda self, instance, **kwargs: set()


def _send(people: list[Any], what: str, ref: str) -> None:
    news, preference = NEWS[what]
    for person in people:
        if not (person.is_active and person.email):
            continue
        profile = UserProfile.get_for_user(person)
        if preference and not getattr(profile, f"{preference}_notifications"):
            continue
        with override(profile.get_preferred_language()):
            text = _("%(news)s: %(ref)s\n\nIt is here, with all that is said about it:\n%(link)s\n")
            body = text % {"news": news, "ref": ref, "link": settings.WAGTAILADMIN_BASE_URL + item_url(ref)}
            subject = f"[{settings.WAGTAIL_SITE_NAME}] {news}"
        try:
            send_mail(subject, body, [person.email])
        except Exception:
            # A letter that cannot be sent stops nothing; the address is nobody's business in a log.
            logger.exception("A letter about %s %s could not be sent.", what, ref)
