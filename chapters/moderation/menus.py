"""What the forms of pages and snippets offer: the way to the item's own page, and publishing only what may be.

Deciding about a review is done on the item's page: Wagtail 8.0.1 saves the form first when somebody approves in it, so
that what is approved is not what was read.
"""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem as PageActionMenuItem
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem

from chapters import rights
from search.registered import Registered
from search.stops import stops_of, why_not

from .approval import is_reviewed, type_needs_approval
from .items import edit_url, item_url, public_entry
from .publishing import why_not_published
from .reviewing import holder_of, publishers_of, review_of


class _ItemPage:
    """Leads from the form to the item's own page; also where the form is locked: withdrawing never waits."""

    label = gettext_lazy("Review, withdraw, share …")
    name = "item-page"
    icon_name = "warning"
    order = 90

    def is_shown(self, context: dict[str, Any]) -> bool:
        """For what can be public and exists."""
        return bool(self._ref(context))

    def get_url(self, context: dict[str, Any]) -> str | None:
        """The item's own page."""
        return item_url(self._ref(context))

    def _ref(self, context: dict[str, Any]) -> str:
        row = context.get("page") or context.get("instance")
        known = isinstance(row, Registered) and row.pk and hasattr(row, "ref") and context["view"] != "create"
        return row.get_ref() if known and row is not None else ""


class ItemPageOfPage(_ItemPage, PageActionMenuItem):
    """Of a page."""


class ItemPageOfSnippet(_ItemPage, SnippetActionMenuItem):
    """Of a snippet."""


def offer_what_is_allowed(items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """No "publish" where somebody else has to read it first, and no decision inside a form."""
    row = context.get("page") or context.get("instance")
    is_new = context["view"] == "create" or row is None
    needs = _new_needs_approval(request, context) if is_new else bool(why_not_published(row, request.user))
    gone = {"approve", "reject", *(["action-publish"] if needs else [])}
    if is_new and "parent_page" in context and not is_reviewed(_new_model(request)):
        gone.add("action-submit")
    items[:] = [item for item in items if getattr(item, "name", "") not in gone]


def refuse_to_publish(request: Any, row: Any) -> Any:
    """The sentence, and the form again: it was saved as a draft."""
    sentence = why_not_published(row, request.user)
    if not sentence:
        return None
    messages.error(request, format_html("{} {}", _("It is saved as a draft."), sentence))
    return redirect(edit_url(row))


def submit_instead(request: Any, parent: Any, model: Any) -> None:
    """A new page that needs approval is submitted, whatever button is sent: Wagtail 8.0.1 would make it live first.

    A new section is a draft: nobody reviews it.
    """
    from chapters.register import chapter_of

    if request.method != "POST" or request.user.is_superuser:
        return
    if "action-submit" in request.POST and not is_reviewed(model):
        sent = request.POST.copy()
        del sent["action-submit"]
        request.POST = sent
    if "action-publish" in request.POST and type_needs_approval(model, chapter_of(parent)):
        sent = request.POST.copy()
        del sent["action-publish"]
        sent["action-submit"] = "1"
        request.POST = sent


def _new_needs_approval(request: Any, context: dict[str, Any]) -> bool:
    """Whether what is being made needs approval; a snippet has no owner yet: in all chapters of its author."""
    from chapters.register import chapter_of

    if request.user.is_superuser:
        return False
    if "parent_page" in context:
        return type_needs_approval(_new_model(request), chapter_of(context["parent_page"]))
    model: Any = context.get("model")
    if not (isinstance(model, type) and issubclass(model, Registered)):
        return False
    return not rights.may_somewhere(request.user, rights.PUBLISH, what=model.register_type) or not any(
        not type_needs_approval(model, one.chapter) for one in rights.roles_of(request.user)
    )


def _new_model(request: Any) -> Any:
    """The model of the page that is being made, by the address of its form."""
    kwargs = request.resolver_match.kwargs
    return apps.get_model(kwargs["content_type_app_name"], kwargs["content_type_model_name"])


def tell_who_publishes(request: Any, page: Any) -> None:
    """Whoever opens a front or a section that they may not publish reads who does: it is submitted to nobody."""
    if request.method != "GET" or is_reviewed(type(page)) or page.permissions_for_user(request.user).can_publish():
        return
    holder = publishers_of(page)
    names = ", ".join(person.get_full_name() or person.get_username() for person in holder.people)
    sentence = _("Your changes are saved as a draft. Such a page is published by %(holder)s (%(names)s): tell them.")
    messages.info(request, sentence % {"holder": holder, "names": names or "–"})


def tell_who_has_it(request: Any, row: Any) -> None:
    """Whoever opens the form of an item that is being reviewed reads with whom it is."""
    review = review_of(row) if request.method == "GET" and isinstance(row, Registered) else None
    if review is not None:
        sentence = _("It waits for %(holder)s.") % {"holder": holder_of(row, review)}
        link = format_html('<a href="{}">{}</a>', item_url(row.get_ref()), _("More about it"))
        messages.info(request, format_html("{} {}", sentence, link))


def tell_whose_words_they_are(request: Any, row: Any) -> None:
    """Whoever translates for another chapter reads for which, and finds the public text."""
    if request.method != "GET" or not getattr(row, "is_from_another_chapter", False):
        return
    entry = public_entry(row.get_ref())
    if entry is not None:
        sentence = _("%(translator)s translates this for %(owner)s, whose item it is.")
        said = sentence % {"translator": row.translated_by, "owner": row.owner}
        messages.info(request, format_html('{} <a href="{}">{}</a>', said, entry.path, _("As readers see it")))


def tell_that_it_is_stopped(request: Any, row: Any) -> None:
    """Whoever opens the form of an item that is withdrawn or held reads why."""
    if request.method != "GET" or not isinstance(row, Registered):
        return
    for stop in stops_of(row.get_ref()):
        link = format_html('<a href="{}">{}</a>', item_url(stop.ref), _("More about it"))
        messages.warning(request, format_html("{} {}", why_not(stop), link))
