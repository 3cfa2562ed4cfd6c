"""The vocabularies in the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail.snippets.widgets import AdminSnippetChooser

from .forms import KindForm, TermForm
from .models import Kind, Region, Theme
from .themes import count_items
from .views import merge_theme

# Wagtail 8.0.1 makes a chooser's words out of the model's name, in the language of whoever comes first.
CHOOSE_THEME = AdminSnippetChooser(
    model=Theme,
    choose_one_text=_("Choose a theme"),
    choose_another_text=_("Choose another theme"),
    link_to_chosen_text=_("Edit this theme"),
)
CHOOSE_REGION = AdminSnippetChooser(
    model=Region,
    choose_one_text=_("Choose a region"),
    choose_another_text=_("Choose another region"),
    link_to_chosen_text=_("Edit this region"),
)


class TermViewSet(SnippetViewSet):
    """What terms have in common."""

    # Wagtail 8.0.1 translates a snippet's way home once, when it starts.
    breadcrumbs_items = WagtailAdminTemplateMixin.breadcrumbs_items


class ThemeViewSet(TermViewSet):
    """Themes that stand for themselves; merged ones are signposts and not listed."""

    model = Theme
    icon = "tag"
    list_display = ["__str__", Column("slug", label=_("code"), sort_key="slug"), "parent"]
    search_fields = ["name", "slug"]
    panels = [FieldPanel("slug", heading=_("code")), FieldPanel("labels"), FieldPanel("parent", widget=CHOOSE_THEME)]

    def get_queryset(self, request: Any) -> Any:
        """Without those that were merged."""
        return Theme.objects.filter(merged_into=None).select_related("parent")


class KindViewSet(TermViewSet):
    """Kinds."""

    model = Kind
    icon = "list-ul"
    list_display = ["__str__", "code"]
    panels = [FieldPanel("code"), FieldPanel("labels"), FieldPanel("plurals"), FieldPanel("types")]


class RegionViewSet(TermViewSet):
    """Regions, with the countries that belong to them."""

    model = Region
    icon = "globe"
    list_display = ["__str__", "code", "origin", "parent"]
    list_filter = ["origin"]
    panels = [
        FieldPanel("code"),
        FieldPanel("labels"),
        FieldPanel("parent", widget=CHOOSE_REGION),
        InlinePanel("memberships", label=_("Country")),
    ]


class VocabularyGroup(SnippetViewSetGroup):
    """One entry of the menu for all of them."""

    menu_label = _("Vocabulary")
    menu_icon = "tag"
    menu_order = 800
    items = (ThemeViewSet, KindViewSet, RegionViewSet)


for model, form in ((Theme, TermForm), (Region, TermForm), (Kind, KindForm)):
    model.base_form_class = form  # type: ignore[attr-defined, union-attr]
register_snippet(VocabularyGroup)


@hooks.register("register_admin_urls")
def merge_url() -> list[URLPattern]:
    """Where themes are merged."""
    return [path("vocabulary/themes/<int:pk>/merge/", merge_theme, name="vocabulary_merge_theme")]


@hooks.register("register_snippet_listing_buttons")
def merge_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    """A button beside each theme."""
    if isinstance(snippet, Theme) and user.has_perm("vocabulary.change_theme"):
        yield Button(_("Merge"), reverse("vocabulary_merge_theme", args=[snippet.pk]), priority=30)


@hooks.register("before_delete_snippet")
def refuse_to_delete_a_theme_in_use(request: Any, instances: Any) -> Any:
    """Merge it instead: a deleted theme would vanish from everything filed under it."""
    from django.contrib import messages
    from django.shortcuts import redirect

    used = [theme for theme in instances if isinstance(theme, Theme) and count_items(theme)]
    if not used:
        return None
    messages.error(request, _("Something is filed under “%s”. Merge it into another theme instead.") % used[0])
    return redirect("wagtailsnippets_vocabulary_theme:list")
