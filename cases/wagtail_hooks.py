"""Cases and statements in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Case, Statement

FACTS = [
    FieldRowPanel([FieldPanel("owner"), FieldPanel("kind"), FieldPanel("dated")]),
    FieldRowPanel([FieldPanel("countries"), FieldPanel("themes")]),
]
WORDS = [FieldPanel("title"), FieldPanel("summary"), FieldPanel("body")]
AROUND = [
    InlinePanel("sources", heading=_("Sources"), label=_("Source")),
    FieldPanel("related"),
]


class ItemViewSet(SnippetViewSet):
    """How items are listed and edited."""

    list_filter = ["owner", "kind", "locale", "live"]
    list_per_page = 50
    ordering = ["-pk"]
    add_to_admin_menu = True


class CaseViewSet(ItemViewSet):
    """Cases."""

    model = Case
    icon = "folder-open-inverse"
    menu_label = _("Cases")
    menu_order = 210
    list_display = ["title", "owner", "kind", "dated", "locale", UpdatedAtColumn()]
    panels = [*FACTS, *WORDS, *AROUND]


class StatementViewSet(ItemViewSet):
    """Statements."""

    model = Statement
    icon = "doc-full-inverse"
    menu_label = _("Statements")
    menu_order = 220
    list_display = ["title", "owner", "kind", "dated", "locale", UpdatedAtColumn()]
    panels = [
        *FACTS,
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
        "federation.transfer": _("Transfer to another chapter"),
    }.items():
        actions.register_action(name, label, label)
