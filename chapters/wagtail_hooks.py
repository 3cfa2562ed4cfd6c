"""What the chapters add to Wagtail's admin: addresses, entries of the menu, names of actions in the log."""

from copy import copy
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from . import rights
from .fence.pages import choosable_pages
from .moderation.menus import (
    ItemPageOfPage,
    ItemPageOfSnippet,
    offer_what_is_allowed,
    refuse_to_publish,
    submit_instead,
    tell_that_it_is_stopped,
    tell_who_has_it,
    tell_who_publishes,
    tell_whose_words_they_are,
)
from .moderation.translating import take_over
from .moderation.views import DraftView, ItemView, OfferedView, ReadView
from .screens.bulk import log_each_deleted
from .screens.home import lay_the_desk, no_totals
from .screens.menu import leave_out_replaced_reports, leave_out_what_is_not_theirs, things_items, work_items
from .screens.things import back_to_the_list


@hooks.register("register_admin_urls")
def chapter_urls() -> list[URLPattern | URLResolver]:
    """The screens."""
    return [path("chapters/", include("chapters.screens.urls"))]


class OfTheFederation(MenuItem):
    """For staff, and for auditors to read."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whoever works for the whole federation."""
        return rights.is_staff(request.user) or rights.is_auditor(request.user)


class PeopleItem(MenuItem):
    """The people of one's chapter; of the first, for somebody of several."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Who may name people somewhere; staff go by the list of chapters."""
        return not rights.is_staff(request.user) and rights.may_somewhere(request.user, rights.ASSIGN)

    def render_component(self, request: HttpRequest) -> Any:
        """With the address of that chapter."""
        where = rights.chapters_where(request.user, rights.ASSIGN)
        chapters = [one for one in rights.all_chapters(request.user) if one.pk in where]
        first = min(chapters, key=lambda one: one.path)
        url = reverse("chapters_admin:people", args=[first.code])
        return LinkMenuItem(self.name, self.label, url, icon_name=self.icon_name, classname=self.classname)


for entry in (*things_items(), *work_items()):
    hooks.register("register_admin_menu_item", partial(copy, entry))
hooks.register("construct_homepage_panels", lay_the_desk)
# After Wagtail's own, which add theirs by the same hook.
hooks.register("construct_homepage_summary_items", no_totals, order=1000)
hooks.register("before_bulk_action", log_each_deleted)
hooks.register("construct_main_menu", leave_out_what_is_not_theirs)
hooks.register("construct_reports_menu", leave_out_replaced_reports)


@hooks.register("register_admin_menu_item")
def chapters_item() -> MenuItem:
    """The list."""
    return OfTheFederation(_("Chapters"), reverse_lazy("chapters_admin:list"), icon_name="site", order=200)


class OfferedItem(MenuItem):
    """What other chapters offer."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Who may feature something somewhere."""
        return rights.may_somewhere(request.user, rights.FEATURE)


@hooks.register("register_admin_menu_item")
def offered_item() -> MenuItem:
    """The list."""
    return OfferedItem(_("Offered by others"), reverse_lazy("federation_offered"), icon_name="openquote", order=180)


@hooks.register("register_admin_menu_item")
def people_item() -> MenuItem:
    """The people."""
    return PeopleItem(_("People"), "", name="people", icon_name="group", order=500)


@hooks.register("register_reports_menu_item")
def health_item() -> MenuItem:
    """How chapters are."""
    return OfTheFederation(_("Health of the chapters"), reverse_lazy("chapters_admin:health"), icon_name="history")


@hooks.register("register_reports_menu_item")
def access_item() -> MenuItem:
    """Who may what."""
    return OfTheFederation(_("Who has access where"), reverse_lazy("chapters_admin:access"), icon_name="key")


@hooks.register("register_admin_urls")
def item_urls() -> list[URLPattern]:
    """Where an item has its own page."""
    return [
        path("offered/", OfferedView.as_view(), name="federation_offered"),
        path("item/<slug:ref>/", ItemView.as_view(), name="federation_item"),
        path("item/<slug:ref>/<slug:language>/", ReadView.as_view(), name="federation_item_read"),
        path("item/<slug:ref>/<slug:language>/draft/", DraftView.as_view(), name="federation_item_draft"),
    ]


for where in ("before_edit_page", "before_edit_snippet"):
    hooks.register(where, tell_that_it_is_stopped)
    hooks.register(where, tell_who_has_it)
    hooks.register(where, tell_whose_words_they_are)
    # Before wagtail-localize takes the form for itself.
    hooks.register(where, take_over, order=-1)
hooks.register("before_edit_page", tell_who_publishes)
for where in ("construct_page_action_menu", "construct_snippet_action_menu"):
    hooks.register(where, offer_what_is_allowed)
for where in ("before_publish_page", "before_publish"):
    hooks.register(where, refuse_to_publish)
hooks.register("before_create_page", submit_instead)
for where in ("after_create_page", "after_edit_page"):
    hooks.register(where, back_to_the_list)


@hooks.register("register_page_action_menu_item")
def page_action() -> ItemPageOfPage:
    """In the menu below a page's form."""
    return ItemPageOfPage()


@hooks.register("register_snippet_action_menu_item")
def snippet_action(model: Any) -> ItemPageOfSnippet:
    """In the menu below a snippet's form."""
    return ItemPageOfSnippet()


@hooks.register("register_log_actions")
def name_actions(actions: Any) -> None:
    """What the log calls what is done to chapters and people."""
    for name, label in {
        "federation.chapter_opened": _("Open a chapter"),
        "federation.chapter_changed": _("Change a chapter"),
        "federation.chapter_suspend": _("Suspend a chapter"),
        "federation.chapter_archive": _("Archive a chapter"),
        "federation.chapter_reopen": _("Reopen a chapter"),
        "federation.role_given": _("Give a role"),
        "federation.role_ended": _("End a role"),
        "federation.invited": _("Invite somebody"),
        "federation.invitation_withdrawn": _("Withdraw an invitation"),
        "federation.person_left": _("Somebody leaves"),
        "federation.draft_passed_on": _("Pass a draft on to a colleague"),
        "federation.withdraw": _("Withdraw from everything public"),
        "federation.put_back": _("Put back"),
        "federation.hold": _("Hold"),
        "federation.release": _("Release"),
        "federation.label": _("Label"),
        "federation.unlabel": _("Take a label away"),
        "federation.feature": _("Feature another chapter's item"),
        "federation.translation_begun": _("Begin a translation for another chapter"),
        "federation.translation_given_up": _("Give up a translation for another chapter"),
    }.items():
        actions.register_action(name, label, label)


@hooks.register("construct_page_chooser_queryset")
def offer_own_and_public_pages(pages: Any, request: Any) -> Any:
    """Another chapter's drafts are not to be chosen, so their titles are not shown."""
    return choosable_pages(request.user, pages)
