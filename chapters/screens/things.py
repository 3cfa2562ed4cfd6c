"""News, events and pages of one's chapters: one list for each, its languages as tabs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from chapters import rights
from chapters.desk import beginning, things, whose
from chapters.models import ChapterPage
from chapters.register import chapter_of
from federation.vocabulary.languages import language_name

from .screen import Screen

TITLES = {"article": gettext_lazy("News"), "event": gettext_lazy("Events"), "page": gettext_lazy("Pages")}
NEW = {
    "article": gettext_lazy("New article"),
    "event": gettext_lazy("New event"),
    "page": gettext_lazy("New page"),
}
ICONS = {"article": "doc-full", "event": "calendar-alt", "page": "doc-empty"}
ORDERS = {
    "changed": ("-latest_revision_created_at", "-pk"),
    "title": ("draft_title", "pk"),
    "published": ("-first_published_at", "-pk"),
}
A_PAGE = 30


class OfMyChapters(Screen):
    """A screen for whoever sees drafts of some chapter."""

    def may_enter(self, user: Any) -> bool:
        """People of a chapter, and staff."""
        return rights.may_somewhere(user, rights.VIEW)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this."""
        return [*self.breadcrumbs_items, *self.crumbs()]

    def switch(self) -> dict[str, Any]:
        """The choice of a chapter, for people of several."""
        own = whose.own_chapters(self.request.user)
        return {"own": own if len(own) > 1 else [], "chosen": whose.chosen_chapter(self.request)}


class OfOneType(OfMyChapters):
    """About things of one type, which the address names."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Another word than those of the menu is no address."""
        super().setup(request, *args, **kwargs)
        if kwargs["listed"] not in TITLES:
            raise Http404


class ThingsList(OfOneType):
    """All things of a type, each once: a language as a tab, narrowed by state, author and words."""

    template_name = "chapters/screens/things.html"

    @property
    def type_name(self) -> str:
        """The type, from the address."""
        return str(self.kwargs["listed"])

    @property
    def header_icon(self) -> str:  # type: ignore[override]
        """Of the type."""
        return ICONS[self.type_name]

    def get_page_title(self) -> str:
        """What the list is called in the menu."""
        return str(TITLES[self.type_name])

    @cached_property
    def fronts(self) -> list[Any]:
        """Where the things stand."""
        return whose.fronts_of(whose.chapters_looked_at(self.request))

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Begin something new, in the language of the tab."""
        user: Any = self.request.user
        if not any(
            rights.may(user, rights.ADD, front.chapter, locale=front.locale.language_code) for front in self.fronts
        ):
            return []
        url = f"{reverse('chapters_admin:new', args=[self.type_name])}?language={self._asked('language')}"
        return [HeaderButton(NEW[self.type_name], url, icon_name="plus")]

    def get(self, request: HttpRequest, listed: str) -> HttpResponse:
        """The list as it was asked for."""
        page = Paginator(self._rows(), A_PAGE).get_page(self._asked("p"))
        codes = sorted({front.locale.language_code for front in self.fronts})
        asked = request.GET.copy()
        asked.pop("p", None)
        return self.show(
            rows=[self._row(thing) for thing in things.things(page.object_list, self.fronts)],
            page_obj=page,
            tabs=[("", _("All languages")), *((code, _name_of(code)) for code in codes)],
            language=self._asked("language"),
            states=things.STATE_NAMES.items(),
            authors=self._authors(),
            asked={name: self._asked(name) for name in ("q", "state", "author", "order")},
            others=asked.urlencode(),
            several=len({front.chapter_id for front in self.fronts}) > 1,
            is_narrowed=any(self._asked(name) for name in ("q", "state", "author", "language")),
            type_name=listed,
            switch=self.switch(),
        )

    def _rows(self) -> Any:
        pages = things.pages_below(self.fronts, self.type_name)
        words, author = self._asked("q"), self._asked("author")
        found = things.leading(pages, language=self._asked("language"), state=self._asked("state"))
        if words:
            found = found.filter(Q(draft_title__icontains=words) | Q(title__icontains=words))
        if author.isascii() and author.isdigit():
            found = found.filter(owner=int(author[:9]))
        return found.order_by(*ORDERS.get(self._asked("order"), ORDERS["changed"]))

    def _authors(self) -> list[Any]:
        keys = things.pages_below(self.fronts, self.type_name).order_by().values("owner")
        return list(get_user_model()._default_manager.filter(pk__in=keys))

    def _row(self, thing: things.Thing) -> dict[str, Any]:
        user: Any = self.request.user
        locale = thing.page.locale.language_code
        opened = {
            one.code: rights.may(user, rights.CHANGE, thing.chapter, locale=one.code)
            or rights.may(user, rights.TRANSLATE, thing.chapter, locale=one.code)
            for one in thing.languages
        }
        return {"thing": thing, "may_open": opened.get(locale), "locale": locale, "opened": opened}

    def _asked(self, name: str) -> str:
        return self.request.GET.get(name, "").replace("\x00", "").strip()[:100]


class NewThing(OfOneType):
    """To the form of something new, below the right section; a question only where there is more than one place."""

    template_name = "chapters/screens/place.html"
    header_icon = "plus"

    def get_page_title(self) -> str:
        """What is to be new."""
        return str(NEW[self.kwargs["listed"]])

    def get(self, request: HttpRequest, listed: str) -> HttpResponse:
        """By chapter and language, as far as they are known."""
        places = beginning.places_for(request.user, listed, whose.chapters_looked_at(request))
        if not places:
            raise PermissionDenied
        fitting = _fitting(places, request.GET.get("chapter", ""), request.GET.get("language", ""))
        if len({front.chapter_id for front in fitting}) > 1:
            chapters = list({front.chapter_id: front.chapter for front in fitting}.values())
            return self.show(chapters=chapters, language=request.GET.get("language", ""))
        front = _preferred(fitting)
        section = beginning.section_below(front, listed)
        if section is None:
            messages.error(request, _("This chapter has no section for it in this language."))
            return redirect("chapters_admin:things", listed)
        return redirect(_address_of_form(section, listed))


class WriteMissing(View):
    """Begin a thing in a language that it lacks."""

    def post(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """To the form of the new draft. What is not theirs to see is not there."""
        page = Page.objects.filter(pk=pk, alias_of=None).first()
        if page is None or not rights.may(request.user, rights.VIEW, chapter_of(page)):
            raise Http404
        try:
            draft = beginning.begin_translation(page.specific, language, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("wagtailadmin_pages:edit", page.pk)
        if draft is None:
            raise Http404
        return redirect("wagtailadmin_pages:edit", draft.pk)


class SwitchChapter(View):
    """Look at one chapter, or at all of one's own."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """And back to where they were."""
        whose.choose_chapter(request, request.POST.get("chapter", ""))
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return HttpResponseRedirect(back if is_ours else reverse("wagtailadmin_home"))


def _fitting(places: list[Any], chapter: str, language: str) -> list[Any]:
    """Of some places those that were asked for, as far as there are any."""
    of_chapter = [front for front in places if front.chapter.code == chapter] if chapter else places
    in_language = [front for front in of_chapter if front.locale.language_code == language]
    return in_language or of_chapter or places


def _preferred(fronts: list[Any]) -> Any:
    """In the language of the admin where the chapter has it, else in the chapter's first."""
    first = fronts[0].chapter.languages[0] if fronts[0].chapter.languages else ""
    by_code = {front.locale.language_code: front for front in fronts}
    return by_code.get(get_language() or "") or by_code.get(first) or fronts[0]


def _address_of_form(section: Any, type_name: str) -> str:
    if isinstance(section, ChapterPage):
        return reverse("wagtailadmin_pages:add_subpage", args=[section.pk])
    model = things.models_of(type_name)[0]._meta
    return reverse("wagtailadmin_pages:add", args=[model.app_label, model.model_name, section.pk])


def _name_of(code: str) -> str:
    return language_name(code, get_language() or "en")
