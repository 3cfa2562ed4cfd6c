"""An item's own page in the admin: how it stands, who has it, and everything that is done about it beside editing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page

from chapters import rights
from chapters.fence.guests import is_guest
from chapters.models import Chapter, Label, Remark
from federation.vocabulary.languages import language_name
from search.models import Entry, Stop
from search.stops import stops_of
from search.types import declared

from . import featuring, offering, reviewing, withdrawing
from .items import edit_url, find, languages_of, may, owner_of, public_entry

Done = Callable[[Any, HttpRequest], str]


def _withdraw(item: Any, request: HttpRequest) -> str:
    withdrawing.withdraw(item, user=request.user, reason=request.POST.get("reason", ""))
    return _("It is gone from the site, the API, the feeds and the search.")


def _put_back(item: Any, request: HttpRequest) -> str:
    is_back = withdrawing.put_back(item, user=request.user, reason=request.POST.get("reason", ""))
    return _("It is back as it was.") if is_back else _("It is no longer withdrawn, but federation staff hold it.")


def _hold(item: Any, request: HttpRequest) -> str:
    withdrawing.hold(item, user=request.user, reason=request.POST.get("reason", ""))
    return _("It is held: not public, and not to be published, until staff release it.")


def _release(item: Any, request: HttpRequest) -> str:
    is_back = withdrawing.release(item, user=request.user, reason=request.POST.get("reason", ""))
    return _("It is released.") if is_back else _("It is released, but still withdrawn: a second person puts it back.")


def _label(item: Any, request: HttpRequest) -> str:
    withdrawing.label(item, user=request.user, reason=request.POST.get("reason", ""))
    return _("The label is on the item.")


def _unlabel(item: Any, request: HttpRequest) -> str:
    number = request.POST.get("label", "")
    withdrawing.unlabel(item, int(number) if number.isascii() and number.isdigit() else 0, user=request.user)
    return _("The label is gone.")


def _row(item: Any, request: HttpRequest) -> Any:
    """The language that a form is about."""
    code = request.POST.get("locale", "")
    for row in languages_of(item):
        if row.locale.language_code == code:
            return row
    raise Http404


def _approve(item: Any, request: HttpRequest) -> str:
    row, reviewed = _row(item, request), request.POST.get("reviewed", "")
    reviewing.approve(row, user=request.user, reviewed=reviewed, comment=request.POST.get("reason", ""))
    row.refresh_from_db()
    if row.workflow_in_progress:
        return _("It is approved, and now waits for %(holder)s.") % {"holder": reviewing.holder_of(row)}
    return _("It is approved and published.")


def _return(item: Any, request: HttpRequest) -> str:
    row, reviewed = _row(item, request), request.POST.get("reviewed", "")
    reviewing.give_back(row, user=request.user, reviewed=reviewed, comment=request.POST.get("reason", ""))
    return _("It is returned to its author, with your reason.")


def _remark(item: Any, request: HttpRequest) -> str:
    text = request.POST.get("reason", "").strip()
    if not text:
        raise ValidationError(_("What do you want to say?"))
    if not is_insider(request.user, languages_of(item)):
        raise PermissionDenied(_("Only those who may read the draft speak about it."))
    user: Any = request.user
    Remark.objects.create(ref=item.get_ref(), text=text[:2000], by=user)
    return _("Those who may read the draft can read your remark.")


def _give_up(item: Any, request: HttpRequest) -> str:
    offering.give_up(_row(item, request), user=request.user)
    return _("The draft is deleted. Others may begin.")


def _feature(item: Any, request: HttpRequest) -> str:
    number = request.POST.get("section", "")
    section = Page.objects.filter(pk=int(number) if number.isascii() and number.isdigit() else 0).specific().first()
    if section is None:
        raise Http404
    language = request.POST.get("language", "")
    introduction = request.POST.get("introduction", "")
    featuring.feature(
        item.get_ref(), section, user=request.user, introduction=introduction[:2000], language=language[:16]
    )
    return _("It is featured in “%(section)s”.") % {"section": section}


# What the buttons of the page do: name -> function that does it and answers with a sentence.
ACTIONS: dict[str, Done] = {
    "withdraw": _withdraw,
    "put-back": _put_back,
    "hold": _hold,
    "release": _release,
    "label": _label,
    "unlabel": _unlabel,
    "approve": _approve,
    "return": _return,
    "remark": _remark,
    "feature": _feature,
    "give-up": _give_up,
}

# Further parts of the page, of types upstairs: (item, user) -> template and what it shows, or None.
Panel = Callable[[Any, Any], tuple[str, dict[str, Any]] | None]
_panels: list[Panel] = []


def join_item_page(panel: Panel, buttons: dict[str, Done]) -> None:
    """Add a part to the item's page with the buttons that it has; called from `ready()` of an app upstairs."""
    if panel not in _panels:
        _panels.append(panel)
    ACTIONS.update(buttons)


class InsidersView(TemplateView):
    """A draft of an item, for those who may read it; nobody else learns that there is one."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the language and the revision that are asked for."""
        super().setup(request, *args, **kwargs)
        item = find(kwargs["ref"])
        rows = {row.locale.language_code: row for row in languages_of(item)} if item is not None else {}
        self.row: Any = rows.get(kwargs["language"])
        if self.row is None or not may_read(request.user, self.row):
            raise Http404
        self.revision = self.row.get_latest_revision()
        if self.revision is None:
            raise Http404


def may_read(user: Any, row: Any) -> bool:
    """Whether somebody may read the draft of a row: its people, its reviewers, chapters that are invited.

    Of what another chapter translates its translators read their own language.
    """
    return may(user, rights.VIEW, row) or is_guest(user, row) or _may_on(user, rights.VIEW, row)


def is_insider(user: Any, rows: list[Any]) -> bool:
    """Whether somebody has to do with an item itself, and not only with a language that another chapter writes."""
    return any(may_read(user, row) for row in rows if not getattr(row, "is_from_another_chapter", False))


def _may_on(user: Any, action: str, row: Any) -> bool:
    """What the fence says of a snippet's row; of pages Wagtail's own rights do."""
    return not isinstance(row, Page) and rights.may_on(user, action, row)


def _may_edit(user: Any, row: Any) -> bool:
    """Whether the form of a row opens for somebody: of pages Wagtail's own rights, which translators have, say so."""
    if isinstance(row, Page):
        return bool(row.permissions_for_user(user).can_edit())
    return may(user, rights.CHANGE, row) or _may_on(user, rights.CHANGE, row)


class ReadView(InsidersView):
    """What is to be reviewed: the whole of it, and what has changed since it was read or published last."""

    template_name = "chapters/moderation/read.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The draft and its changes; for those who have it also the decision."""
        review = reviewing.review_of(self.row)
        before = reviewing.what_was_read_before(self.row, review) if review else None
        is_mine = reviewing.may_review(self.request.user, self.row)
        return super().get_context_data(
            **kwargs,
            row=self.row,
            code=self.row.locale.language_code,
            title=str(self.revision.as_object()),
            holder=reviewing.holder_of(self.row, review) if review else None,
            before=before,
            changes=_changes(self.request, self.row, before, self.revision) if before else [],
            may_decide=is_mine,
            reviewed=reviewing.fingerprint(self.revision),
        )


class DraftView(InsidersView):
    """The draft itself, as readers would see it; it is framed by the page around it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Rendered like a preview."""
        draft: Any = self.revision.as_object()
        response: HttpResponse = draft.make_preview_request(request, draft.default_preview_mode)
        response["Cache-Control"] = "no-store"
        return response


def _changes(request: HttpRequest, row: Any, before: Any, after: Any) -> list[Any]:
    """Field by field, as Wagtail compares two revisions."""
    handler = row.get_edit_handler() if hasattr(row, "get_edit_handler") else get_edit_handler(type(row))
    compare = handler.get_bound_panel(instance=row, request=request, form=None).get_comparison()
    compared = [one(before.as_object(), after.as_object()) for one in compare]
    return [one for one in compared if one.has_changed()]


class ItemView(TemplateView):
    """A thing, by its ref. Who has nothing to do with it finds what readers find, or nothing."""

    template_name = "chapters/moderation/item.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the thing; for who may see neither its drafts nor its public face there is none."""
        super().setup(request, *args, **kwargs)
        self.item = find(kwargs["ref"])
        self.entry = public_entry(kwargs["ref"])
        if self.item is None:
            raise Http404
        self.rows = languages_of(self.item)
        self.is_insider = is_insider(request.user, self.rows)
        # Who only translates sees of the item what readers see, and their own language.
        self.read = self.rows if self.is_insider else [row for row in self.rows if may_read(request.user, row)]
        if not (self.read or self.entry):
            raise Http404

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what a button says, and say so; or say why not."""
        action = ACTIONS.get(request.POST.get("do", ""))
        if action is None:
            raise Http404
        try:
            messages.success(request, action(self.item, request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except PermissionDenied as error:
            messages.error(request, str(error))
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How it stands, and what this person may do about it."""
        user: Any = self.request.user
        stops = {stop.why: stop for stop in stops_of(self.item.get_ref())} if self.is_insider else {}
        withdrawn = stops.get(Stop.Why.WITHDRAWN)
        lacking, having = featuring.split_sections(user, self.entry) if self.entry else ([], [])
        return super().get_context_data(
            **kwargs,
            item=self.item,
            entry=self.entry,
            is_insider=self.is_insider,
            title=self._title(),
            type=self.item._meta.verbose_name,
            owner=owner_of(self.item),
            missing=self._missing(user) if self.is_insider else [],
            rows=self._rows(user),
            reviews=self._reviews(user),
            returned=self._returned(),
            offers=self._offers(user),
            withdrawn=withdrawn,
            held=stops.get(Stop.Why.HELD),
            labels=Label.objects.filter(ref=self.item.get_ref()) if self.is_insider else [],
            may_withdraw=not withdrawn and withdrawing.may_withdraw(user, self.item),
            may_put_back=withdrawn and withdrawn.by_id != user.pk and may(user, rights.APPROVE, self.item),
            may_hold=may(user, rights.HOLD, self.item),
            remarks=Remark.objects.filter(ref=self.item.get_ref()).select_related("by") if self.is_insider else [],
            languages=self._public_languages(),
            sections=lacking,
            featured_in=having,
            panels=[
                {"template": found[0], "shown": found[1]}
                for found in (panel(self.item, user) for panel in _panels if self.is_insider)
                if found is not None
            ],
        )

    def _public_languages(self) -> list[dict[str, str]]:
        """Those that readers have: of a translation that is being written others learn nothing."""
        public = set(Entry.objects.public().filter(ref=self.item.get_ref()).values_list("locale", flat=True))
        rows = [row.locale for row in self.rows if row.locale.language_code in public]
        return [{"code": one.language_code, "name": one.get_display_name()} for one in rows]

    def _title(self) -> str:
        if not self.is_insider and self.entry:
            return self.entry.title
        return str((self.item if self.is_insider else self.read[0]).get_latest_revision_as_object())

    def _offers(self, user: Any) -> list[dict[str, Any]]:
        """Languages in which somebody may begin it for their own chapter."""
        here = get_language() or "en"
        return [
            {"code": code, "name": language_name(code, here), "chapter": chapter}
            for code, chapter in offering.languages_for(user, self.item)
        ]

    def _rows(self, user: Any) -> list[dict[str, Any]]:
        """Its languages, with a link to where each is edited, for who may edit it."""
        return [
            {
                "language": row.locale.get_display_name(),
                "status": row.status_string,
                "code": row.locale.language_code,
                "url": edit_url(row) if _may_edit(user, row) else "",
                "is_translated": row.pk != self.item.pk
                and self._translates(user, row.locale.language_code)
                and _may_edit(user, row),
                "translator": row.translated_by if getattr(row, "is_from_another_chapter", False) else None,
                "may_give_up": offering.may_give_up(user, row),
            }
            for row in self.read
        ]

    def _missing(self, user: Any) -> list[dict[str, str]]:
        """Languages of its chapter that it lacks and that this person writes."""
        owner, here = owner_of(self.item), get_language() or "en"
        there = {row.locale.language_code for row in self.rows}
        lacks = [code for code in owner.languages if code not in there] if owner else []
        return [{"code": one, "name": language_name(one, here)} for one in lacks if self._translates(user, one)]

    def _translates(self, user: Any, code: str) -> bool:
        return rights.may(user, rights.TRANSLATE, owner_of(self.item), locale=code)

    def _reviews(self, user: Any) -> list[dict[str, Any]]:
        """What of it is being read, who has it, and for those who have it the words that they decide about."""
        waiting = [(row, reviewing.review_of(row)) for row in self.read]
        return [
            {
                "row": row,
                "review": review,
                "language": row.locale.get_display_name(),
                "locale": row.locale.language_code,
                "holder": reviewing.holder_of(row, review),
                "may": reviewing.may_review(user, row),
                "reviewed": reviewing.fingerprint(row.get_latest_revision()),
            }
            for row, review in waiting
            if review is not None
        ]

    def _returned(self) -> list[dict[str, Any]]:
        """What was returned and not submitted again: by whom, why."""
        states = [(row, row.current_workflow_state) for row in self.read]
        return [
            {"language": row.locale.get_display_name(), "review": state.current_task_state}
            for row, state in states
            if state is not None and state.status == state.STATUS_NEEDS_CHANGES
        ]


class OfferedView(ListView):
    """What other chapters have published, to be featured in one's own."""

    template_name = "chapters/moderation/offered.html"
    paginate_by = 20

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who may feature something somewhere."""
        if not rights.may_somewhere(request.user, rights.FEATURE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        """The newest first, narrowed by type and words."""
        asked = self.request.GET
        return featuring.offered(self.request.user, type_name=asked.get("type", ""), words=asked.get("q", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what was asked for."""
        names = Chapter.objects.in_bulk(field_name="code")
        context = super().get_context_data(**kwargs)
        for entry in context["object_list"]:
            entry.chapter = names.get(entry.owner, entry.owner)
        labels = {one.name: one.label_plural.get(get_language() or "", one.label_plural["en"]) for one in _types()}
        asked = {"q": self.request.GET.get("q", "").replace("\x00", ""), "type": self.request.GET.get("type", "")}
        return {**context, **asked, "types": labels}


def _types() -> list[Any]:
    return [one for one in declared().values() if one.name not in {"chapter", "page"}]
