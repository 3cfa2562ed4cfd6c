"""Cases and statements in the admin."""

from typing import Any

from django.forms import Select
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from chapters import rights
from chapters.fence.views import ChapterOwnedViewSet, IndexView
from federation.vocabulary.theme_input import ThemesWidget

from .models import Case, Statement
from .panels import FactsPanel

FACTS = [
    FieldRowPanel(
        [
            FieldPanel("owner", help_text=_("The chapter that answers for it. Later only a transfer changes it.")),
            # Not the chooser of kinds: it would offer those of every other type too.
            FieldPanel("kind", widget=Select, help_text=_("What readers call it.")),
            FieldPanel("dated"),
        ]
    ),
    FieldRowPanel(
        [
            FieldPanel("countries", help_text=_("None: it concerns the whole world.")),
            FieldPanel("themes", widget=ThemesWidget),
        ]
    ),
]
WORDS = [FieldPanel("summary", help_text=_("One or two sentences for lists and feeds.")), FieldPanel("body")]
AROUND = [
    FactsPanel("sources", heading=_("Sources"), label=_("Source")),
    FieldPanel("related", help_text=_("Readers see those that are public.")),
]


class ListView(IndexView):
    """The one list of things has their place (chapters/screens/things.py); this one is there for who asks it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whatever leads here without a question leads there."""
        asks = set(request.GET) - {"locale"}  # of what was just saved, by Wagtail
        if asks or self.results_only or not rights.may_somewhere(request.user, rights.VIEW):
            return super().get(request, *args, **kwargs)
        return redirect("chapters_admin:things", self.model.register_type)


class ItemViewSet(ChapterOwnedViewSet):
    """How items are listed and edited."""

    list_display = [
        "title",
        LiveStatusTagColumn(label=_("Status")),
        Column(
            "visibility", label=_("Visible to"), accessor="get_visibility_display", sort_key="visibility"
        ),
        "owner",
        "kind",
        "dated",
        "locale",
        UpdatedAtColumn(label=_("Updated")),
    ]  # fmt: skip
    list_filter = ["owner", "kind", "locale", "live", "visibility"]
    list_per_page = 50
    ordering = ["-pk"]
    index_view_class = ListView
    # Its entry in the menu is that of our list (cases/lists.py).
    menu_item_is_registered = True

    def get_queryset(self, request: Any) -> Any:
        """With what each row of the list names."""
        return self.model._default_manager.select_related("owner", "kind", "locale")


class CaseViewSet(ItemViewSet):
    """Cases."""

    model = Case
    icon = "folder-open-inverse"
    panels = [
        *FACTS,
        FieldPanel(
            "title",
            help_text=_("Names nobody: “A journalist held in Sfax”. It stands in lists, in the log and in e-mails."),
        ),
        *WORDS,
        *AROUND,
    ]


class StatementViewSet(ItemViewSet):
    """Statements."""

    model = Statement
    icon = "doc-full-inverse"
    panels = [
        *FACTS,
        FieldPanel("title", help_text=_("A new title gives a new address; the old one leads to it.")),
        *WORDS,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("symbol"), FieldPanel("addressee")]),
                FieldRowPanel([FieldPanel("event_dated"), FieldPanel("deadline")]),
            ],
            heading=_("Of a letter or submission"),
        ),
        *AROUND,
    ]


register_snippet(CaseViewSet)
register_snippet(StatementViewSet)


@hooks.register("register_log_actions")
def name_our_actions(actions: Any) -> None:
    """What the audit log calls our actions."""
    for name, label in {
        "federation.visibility": _("Change who may see it"),
        "federation.embargo": _("Set embargo"),
        "federation.transfer_asked": _("Ask a chapter to take it over"),
        "federation.transfer_declined": _("Decline to take it over"),
        "federation.transfer_taken_back": _("No longer ask a chapter to take it over"),
        "federation.transfer": _("Transfer to another chapter"),
        "federation.translation_offered": _("Offer for translation"),
        "federation.translation_not_offered": _("No longer offer for translation"),
        "federation.share_invited": _("Invite a chapter to publish it too"),
        "federation.share_accepted": _("Publish it too"),
        "federation.share_declined": _("Decline to publish it too"),
        "federation.share_left": _("No longer publish it too"),
        "federation.share_taken_back": _("Take an invitation back"),
    }.items():
        actions.register_action(name, label, label)
