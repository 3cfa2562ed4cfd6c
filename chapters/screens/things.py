"""What one's chapters have: one list for each type, its languages as tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from chapters import rights
from chapters.desk import beginning, things, whose
from chapters.desk.shelves import PageShelf, Shelf
from chapters.models import ArticlePage, ChapterPage, EventPage
from chapters.moderation.items import edit_url, find, item_url, owner_of
from chapters.register import chapter_of
from federation.vocabulary.languages import language_name

from .screen import Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A type that has a list: what it is called, where its rows lie, what is said below a title."""

    title: Any
    new: Any
    icon: str
    order: int
    shelf: Shelf
    note: Callable[[Any], str] = lambda row: ""


LISTS: dict[str, Listed] = {
    "article": Listed(
        title=gettext_lazy("News"), new=gettext_lazy("New article"), icon="doc-full", order=110,
        shelf=PageShelf(ArticlePage),
    ),
    "event": Listed(
        title=gettext_lazy("Events"), new=gettext_lazy("New event"), icon="calendar-alt", order=120,
        shelf=PageShelf(EventPage),
    ),
    "page": Listed(
        title=gettext_lazy("Pages"), new=gettext_lazy("New page"), icon="doc-empty", order=130,
        shelf=PageShelf(), note=lambda row: str(row.content_type.name),
    ),
}  # fmt: skip


def join_lists(**lists: Listed) -> None:
    """Add lists of types upstairs; called from `ready()` of their app."""
    LISTS.update(lists)


def lists_in_order() -> list[tuple[str, Listed]]:
    """As the menu has them."""
    return sorted(LISTS.items(), key=lambda pair: pair[1].order)


ORDERS: dict[str, Callable[[Shelf], tuple[Any, ...]]] = {
    "changed": lambda shelf: (F(shelf.changed_at).desc(nulls_last=True), "-pk"),
    "title": lambda shelf: (shelf.title, "pk"),
    "published": lambda shelf: (F("first_published_at").desc(nulls_last=True), "-pk"),
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
        if kwargs["listed"] not in LISTS:
            raise Http404


class ThingsList(OfOneType):
    """All things of a type, each once: a language as a tab, narrowed by state, author and words."""

    template_name = "chapters/screens/things.html"

    @property
    def listed(self) -> Listed:
        """The type, from the address."""
        return LISTS[self.kwargs["listed"]]

    @property
    def header_icon(self) -> str:  # type: ignore[override]
        """Of the type."""
        return self.listed.icon

    def get_page_title(self) -> str:
        """What the list is called in the menu."""
        return str(self.listed.title)

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
        url = f"{reverse('chapters_admin:new', args=[self.kwargs['listed']])}?language={self._asked('language')}"
        return [HeaderButton(self.listed.new, url, icon_name="plus")]

    def get(self, request: HttpRequest, listed: str) -> HttpResponse:
        """The list as it was asked for."""
        page = Paginator(self._rows(), A_PAGE).get_page(self._asked("p"))
        codes = sorted({front.locale.language_code for front in self.fronts})
        asked = request.GET.copy()
        asked.pop("p", None)
        return self.show(
            rows=[self._row(thing) for thing in things.things(self.listed.shelf, page.object_list, self.fronts)],
            page_obj=page,
            tabs=[("", _("All languages")), *((code, _name_of(code)) for code in codes)],
            language=self._asked("language"),
            states=things.STATE_NAMES.items(),
            authors=self._authors(),
            asked={name: self._asked(name) for name in ("q", "state", "author", "order")},
            others=asked.urlencode(),
            several=len({front.chapter_id for front in self.fronts}) > 1,
            is_narrowed=any(self._asked(name) for name in ("q", "state", "author", "language")),
            listed=listed,
            switch=self.switch(),
        )

    def _rows(self) -> Any:
        shelf, words, author = self.listed.shelf, self._asked("q"), self._asked("author")
        rows = shelf.below(self.fronts)
        found = things.leading(shelf, rows, language=self._asked("language"), state=self._asked("state"))
        if words:
            found = found.filter(Q(**{f"{shelf.title}__icontains": words}) | Q(title__icontains=words))
        if author.isascii() and author.isdigit():
            found = found.filter(**{shelf.author: int(author[:9])})
        return found.order_by(*ORDERS.get(self._asked("order"), ORDERS["changed"])(shelf))

    def _authors(self) -> list[Any]:
        shelf = self.listed.shelf
        keys = shelf.below(self.fronts).order_by().values(shelf.author)
        return list(get_user_model()._default_manager.filter(pk__in=keys))

    def _row(self, thing: things.Thing) -> dict[str, Any]:
        languages = [self._language(thing, one) for one in thing.languages]
        named_by = next(
            one for one in languages if one["shown"].row is not None and one["shown"].row.pk == thing.row.pk
        )
        return {
            "thing": thing,
            "locale": thing.state.code,
            "url": named_by["url"] or _address_of_item(thing.row),
            "note": self.listed.note(thing.row),
            "languages": languages,
        }

    def _language(self, thing: things.Thing, one: things.Language) -> dict[str, Any]:
        """A language as it is shown: where it is edited or begun, for who does that."""
        user: Any = self.request.user
        translates = rights.may(user, rights.TRANSLATE, thing.chapter, locale=one.code)
        # A translator writes no original; of pages Wagtail's own rights say so.
        opens = rights.may(user, rights.CHANGE, thing.chapter, locale=one.code) or (translates and not one.is_original)
        begin = reverse("chapters_admin:write_missing", args=[self.kwargs["listed"], thing.row.pk, one.code])
        return {
            "shown": one,
            "url": edit_url(one.row) if one.row is not None and opens else "",
            "begin": begin if one.row is None and translates else "",
        }

    def _asked(self, name: str) -> str:
        return self.request.GET.get(name, "").replace("\x00", "").strip()[:100]


class NewThing(OfOneType):
    """To the form of something new, below the right section; a question only where there is more than one place."""

    template_name = "chapters/screens/place.html"
    header_icon = "plus"

    def get_page_title(self) -> str:
        """What is to be new."""
        return str(LISTS[self.kwargs["listed"]].new)

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
        address = _address_of_form(front, listed)
        if not address:
            messages.error(request, _("This chapter has no section for it in this language."))
            return redirect("chapters_admin:things", listed)
        return redirect(address)


class WriteMissing(OfOneType):
    """Begin a thing of a list in a language that it lacks."""

    def post(self, request: HttpRequest, listed: str, pk: int, language: str) -> HttpResponse:
        """To the form of the new draft."""
        row: Any = LISTS[listed].shelf.every().filter(pk=pk).first()
        return _write(request, getattr(row, "specific", row), language)


class WriteLanguage(OfMyChapters):
    """Begin a thing in a language, by its ref, or go on with it where it is behind."""

    def post(self, request: HttpRequest, ref: str, language: str) -> HttpResponse:
        """To the form of the draft."""
        return _write(request, find(ref), language)


def _write(request: HttpRequest, row: Any, language: str) -> HttpResponse:
    """To the form of a language. What is not theirs to see is not there."""
    if row is None or not rights.may(request.user, rights.VIEW, owner_of(row)):
        raise Http404
    try:
        draft = beginning.begin_translation(row, language, user=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(edit_url(row))
    if draft is None:
        raise Http404
    return redirect(edit_url(draft))


def back_to_the_list(request: HttpRequest, page: Any) -> Any:
    """What was published or submitted is looked at in its list; Wagtail 8.0.1 would show its place in the tree."""
    if not {"action-publish", "action-submit"} & set(request.POST) or request.POST.get("next"):
        return None
    if not rights.may(request.user, rights.VIEW, chapter_of(page)):
        return None
    name = getattr(page, "register_type", "")
    return redirect("chapters_admin:things", name if name in LISTS else "page")


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


def _address_of_form(front: Any, type_name: str) -> str:
    """Of something new in the chapter and language of a front; "" where the chapter has no section for it."""
    model = LISTS[type_name].shelf.model._meta
    if not issubclass(model.model, Page):
        form = reverse(model.model.snippet_viewset.get_url_name("add"))
        return f"{form}?{urlencode({'locale': front.locale.language_code, 'chapter': front.chapter.code})}"
    section = beginning.section_below(front, type_name)
    if section is None:
        return ""
    if isinstance(section, ChapterPage):
        return reverse("wagtailadmin_pages:add_subpage", args=[section.pk])
    return reverse("wagtailadmin_pages:add", args=[model.app_label, model.model_name, section.pk])


def _address_of_item(row: Any) -> str:
    """The thing's own page, for who may not edit it."""
    return item_url(row.ref) if getattr(row, "ref", "") else ""


def _name_of(code: str) -> str:
    return language_name(code, get_language() or "en")
