"""The tree of chapters, and how each is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from chapters import rights
from chapters.health import health_of
from chapters.models import Chapter

from .screen import Screen


class ChapterList(Screen):
    """Every chapter with its status, languages, people and last publication; for staff, and for auditors to read."""

    page_title = _("Chapters")
    template_name = "chapters/screens/list.html"

    def may_enter(self, user: Any) -> bool:
        """Whoever works for the whole federation."""
        return rights.is_staff(user) or rights.is_auditor(user)

    def crumbs(self) -> list[dict[str, Any]]:
        """The list itself is the end of the way."""
        return []

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Staff open chapters."""
        if not rights.is_staff(self.request.user):
            return []
        return [HeaderButton(_("Open a chapter"), reverse("chapters_admin:open"), icon_name="plus")]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The tree."""
        rows = health_of(Chapter.objects.order_by("path"))
        return self.show(rows=rows, may_change=rights.is_staff(request.user))


class HealthReport(ChapterList):
    """Last publication, overdue reviews and outdated translations of every chapter."""

    page_title = _("Health of the chapters")
    template_name = "chapters/screens/health.html"
    header_icon = "history"
    header_buttons: list[HeaderButton] = []  # type: ignore[assignment]

    def crumbs(self) -> list[dict[str, Any]]:
        """A report beside the list."""
        return [{"url": "", "label": self.get_page_title()}]
