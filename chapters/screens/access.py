"""Who has access where: every role in force, with filters, as a table and as CSV."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.reports import ReportView

from chapters import rights
from chapters.models import Chapter, Role, RoleAssignment

from .fields import ChapterField
from .spreadsheet import harmless


class ChapterFilter(django_filters.Filter):
    """A chapter, and everything below it."""

    field_class = ChapterField

    def filter(self, qs: Any, value: Chapter | None) -> Any:
        """Roles that were given there."""
        return qs.filter(chapter__in=value.below()) if value else qs


class AccessFilterSet(WagtailFilterSet):
    """By chapter and role."""

    chapter = ChapterFilter(label=_("Chapter, with those below it"), required=False)
    role = django_filters.MultipleChoiceFilter(label=_("Role"), choices=Role.choices)
    below = django_filters.BooleanFilter(label=_("In the chapters below too"))

    class Meta:
        """Of roles."""

        model = RoleAssignment
        fields: list[str] = []


class AccessReport(ReportView):
    """For staff, and for auditors to read."""

    page_title = _("Who has access where")
    header_icon = "key"
    model = RoleAssignment
    filterset_class = AccessFilterSet
    index_url_name = "chapters_admin:access"
    index_results_url_name = "chapters_admin:access_results"
    is_searchable = True
    search_fields = ["user__username", "user__email", "user__first_name", "user__last_name"]
    search_backend_name = None
    columns = [
        Column("person", label=_("Person"), accessor=lambda one: one.user.get_full_name() or one.user.get_username()),
        Column("email", label=_("E-mail"), accessor="user.email"),
        Column("chapter", label=_("Chapter")),
        Column("role", label=_("Role"), accessor="get_role_display"),
        Column("languages", label=_("Languages"), accessor=lambda one: ", ".join(one.locales)),
        BooleanColumn("below", label=_("And below")),
        DateColumn("until", label=_("Until")),
        DateColumn("given_at", label=_("Given")),
        Column("given_by", label=_("By")),
        DateColumn("user.last_login", label=_("Last login"), accessor="user.last_login"),
    ]
    list_export = [
        *("user.get_full_name", "user.email", "chapter.code", "chapter", "role", "locales", "below"),
        *("until", "given_at", "given_by", "user.last_login"),
    ]
    export_headings = {
        "user.get_full_name": _("Person"),
        "user.email": _("E-mail"),
        "chapter.code": _("Code"),
        "user.last_login": _("Last login"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever works for the whole federation."""
        if not (rights.is_staff(request.user) or rights.is_auditor(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """After the list of chapters."""
        chapters = {"url": reverse("chapters_admin:list"), "label": _("Chapters")}
        return [*self.breadcrumbs_items, chapters, {"url": "", "label": self.page_title}]

    def get_queryset(self) -> "QuerySet[RoleAssignment]":
        """Roles in force of people who can log in, with what each row names."""
        found = RoleAssignment.objects.in_force().filter(user__is_active=True)
        self.queryset = found.select_related("user", "chapter", "given_by").order_by("chapter__path", "role", "pk")
        return self.search_queryset(self.queryset)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """A name that a spreadsheet would take for a formula stays a name."""
        return harmless(super().preprocess_field_value(field, value, export_format))

    def get_filename(self) -> str:
        """Of the file."""
        return "access"
