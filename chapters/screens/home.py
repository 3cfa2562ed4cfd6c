"""The first page of the admin: what is on one's desk. Each panel says so when there is nothing."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from chapters import rights
from chapters.desk import mine, translations, waiting, whose
from chapters.desk.handovers import handovers_for
from chapters.models import Chapter
from chapters.moderation.featuring import offered
from chapters.moderation.items import edit_url

from .things import lists_in_order

A_PANEL = 5


class Panel(Component):
    """A panel of one's desk: a heading, a few rows, the way to all of them, a sentence when there are none."""

    template_name = "chapters/screens/panel.html"
    heading: Any = ""
    empty: Any = ""
    url_name = ""

    class Media:
        """Of every screen of ours."""

        css = {"all": ["chapters/screens.css"]}

    def __init__(self, request: Any, order: int) -> None:
        """Where it stands among the panels."""
        self.request, self.order = request, order

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Its rows: address, title, language, and what there is to say of each."""
        return {
            "heading": self.heading,
            "empty": self.empty,
            "rows": self.rows(),
            "all": reverse(self.url_name) if self.url_name else "",
        }

    def rows(self) -> list[dict[str, Any]]:
        """What it shows."""
        raise NotImplementedError

    @cached_property
    def chapters(self) -> list[Chapter]:
        """What is looked at."""
        return whose.chapters_looked_at(self.request)


class Start(Panel):
    """Begin something new; switch chapters."""

    template_name = "chapters/screens/start.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What may be begun in the chapters looked at."""
        user, own = self.request.user, whose.own_chapters(self.request.user)
        return {
            "request": self.request,
            "csrf_token": parent_context["csrf_token"],
            "news": [
                {"label": listed.new, "url": reverse("chapters_admin:new", args=[name])}
                for name, listed in lists_in_order()
                if any(rights.may(user, rights.ADD, chapter, what=name) for chapter in self.chapters)
            ],
            "switch": {"own": own if len(own) > 1 else [], "chosen": whose.chosen_chapter(self.request)},
        }


class StandingStill(Panel):
    """Chapters of mine that are suspended or archived, with the reason."""

    template_name = "chapters/screens/standing_still.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Those looked at; staff, whose are all of them, read it of the one that they have switched to."""
        are_theirs = not rights.is_staff(self.request.user) or whose.chosen_chapter(self.request)
        return {"chapters": [one for one in self.chapters if are_theirs and not one.is_active]}


class WaitingForMe(Panel):
    """What I have to decide about."""

    heading = gettext_lazy("Waiting for me")
    empty = gettext_lazy("Nothing waits for you.")
    url_name = "chapters_admin:reviews"

    def rows(self) -> list[dict[str, Any]]:
        """What my chapter is asked to take over, then what I am to review, the most urgent first."""
        return [*self._handovers(), *self._reviews()][:A_PANEL]

    def _handovers(self) -> list[dict[str, Any]]:
        asks = _("%(chapter)s asks %(to)s to take it over")
        return [
            {
                "url": f"{_item(one.request.ref)}#transfer",
                "title": one.title,
                "what": asks % {"chapter": one.request.owner, "to": one.request.to},
                "at": one.request.asked_at,
            }
            for one in handovers_for(self.request.user, A_PANEL)
        ]

    def _reviews(self) -> list[dict[str, Any]]:
        found = [one for one in _reviews(self.request) if one.is_mine][:A_PANEL]
        return [{"url": _item(one.ref), "title": one.title, "what": one.chapter, "clock": one} for one in found]


class Returned(Panel):
    """What came back to me."""

    heading = gettext_lazy("Returned to me")
    empty = gettext_lazy("Nothing has come back to you.")

    def rows(self) -> list[dict[str, Any]]:
        """Each with its reason."""
        return [
            {
                "url": _item(review.ref),
                "title": review.revision.object_str if review.revision else "",
                "what": review.chapter,
                "note": review.comment,
            }
            for review in mine.returned_to(self.request.user, A_PANEL)
        ]


class MyDrafts(Panel):
    """What I have begun."""

    heading = gettext_lazy("My drafts")
    empty = gettext_lazy("You have no drafts.")

    def rows(self) -> list[dict[str, Any]]:
        """The last first."""
        return [
            {
                "url": edit_url(draft.row),
                "title": draft.title,
                "language": draft.language,
                "what": draft.what,
                "at": draft.at,
            }
            for draft in mine.drafts_of(self.request.user, self.chapters, A_PANEL)
        ]


class HandedIn(Panel):
    """What I have submitted and others read."""

    heading = gettext_lazy("With a reviewer")
    empty = gettext_lazy("Nothing of yours is being reviewed.")

    def rows(self) -> list[dict[str, Any]]:
        """The most urgent first, with who has it."""
        found = [one for one in _reviews(self.request) if one.was_asked_for][:A_PANEL]
        return [{"url": _item(one.ref), "title": one.title, "what": one.holder, "clock": one} for one in found]


class OutOfDate(Panel):
    """Translations that are behind."""

    heading = gettext_lazy("Translations out of date")
    empty = gettext_lazy("Every translation is as new as what it translates.")
    url_name = "chapters_admin:translations"

    def rows(self) -> list[dict[str, Any]]:
        """In my languages, the oldest first."""
        return _entries(translations.outdated(self.request.user, self.chapters)[:A_PANEL])


class OfferedByOthers(Panel):
    """What other chapters have published."""

    heading = gettext_lazy("What other chapters offer")
    empty = gettext_lazy("Other chapters have published nothing yet.")
    url_name = "federation_offered"

    def rows(self) -> list[dict[str, Any]]:
        """The newest first."""
        names = {chapter.code: chapter for chapter in rights.all_chapters(self.request.user)}
        return _entries(offered(self.request.user)[:A_PANEL], names)


class OfferedForTranslation(Panel):
    """What other chapters let mine translate."""

    heading = gettext_lazy("To translate for other chapters")
    empty = gettext_lazy("Other chapters offer nothing that lacks your languages.")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """All of it is on the screen of translations."""
        every = reverse("chapters_admin:translations") + "?of=others"
        return {**super().get_context_data(parent_context), "all": every}

    def rows(self) -> list[dict[str, Any]]:
        """The newest first, whichever of my languages it lacks."""
        user = self.request.user
        languages = [] if rights.is_staff(user) else translations.languages_to_write(user, self.chapters)
        return _entries(translations.offered_by_others(user, *languages)[:A_PANEL])


PANELS: tuple[tuple[type[Panel], str], ...] = (
    (StandingStill, rights.VIEW),
    (Start, rights.VIEW),
    (WaitingForMe, rights.APPROVE),
    (Returned, rights.VIEW),
    (MyDrafts, rights.VIEW),
    (HandedIn, rights.VIEW),
    (OutOfDate, rights.TRANSLATE),
    (OfferedForTranslation, rights.TRANSLATE),
    (OfferedByOthers, rights.FEATURE),
)


def lay_the_desk(request: Any, panels: list[Any]) -> None:
    """Ours in the place of Wagtail's, which know no chapters."""
    if not rights.may_somewhere(request.user, rights.VIEW):
        return
    panels[:] = [
        panel(request, 100 + 10 * place)
        for place, (panel, right) in enumerate(PANELS)
        if rights.may_somewhere(request.user, right)
    ]


def no_totals(request: Any, items: list[Any]) -> None:
    """Wagtail counts what lies in the whole site."""
    if not request.user.is_superuser:
        items.clear()


def _reviews(request: Any) -> list[waiting.OnTheDesk]:
    """What two panels show parts of; read once for each request."""
    if not hasattr(request, "federation_reviews"):
        request.federation_reviews = waiting.on_the_desk_of(request.user)
    found: list[waiting.OnTheDesk] = request.federation_reviews
    return found


def _item(ref: str) -> str:
    return reverse("federation_item", args=[ref])


def _entries(entries: Any, names: dict[str, Chapter] | None = None) -> list[dict[str, Any]]:
    return [
        {
            "url": _item(entry.ref),
            "title": entry.title,
            "language": entry.locale,
            "what": (names or {}).get(entry.owner, ""),
            "at": entry.published_at,
        }
        for entry in entries
    ]
