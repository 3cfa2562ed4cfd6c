"""What every screen of ours is: a page of Wagtail's admin that asks first who is there."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from chapters import rights
from chapters.models import Chapter


class Screen(WagtailAdminTemplateMixin, View):
    """A page in the admin's frame; `may_enter` is asked before anything else."""

    header_icon = "site"
    # The right that it takes, in `self.chapter` where the screen has one.
    action = rights.OPEN

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Which chapter it is about, if any. Chapters are public, so an unknown code is a plain 404."""
        super().setup(request, *args, **kwargs)
        self.chapter: Any = get_object_or_404(Chapter, code=kwargs["code"]) if "code" in kwargs else None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody sees or changes anything without the right; nobody keeps a copy."""
        if not self.may_enter(request.user):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def may_enter(self, user: Any) -> bool:
        """Whether somebody may see this screen."""
        return rights.is_staff(user) if self.chapter is None else rights.may(user, self.action, self.chapter)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here: home, the list for those who see it, the chapter."""
        user: Any = self.request.user
        items = list(self.breadcrumbs_items)
        if rights.is_staff(user) or rights.is_auditor(user):
            items.append({"url": reverse("chapters_admin:list"), "label": _("Chapters")})
        return [*items, *self.crumbs()]

    def crumbs(self) -> list[dict[str, Any]]:
        """What follows in the way here; the last is this screen."""
        return [{"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}]

    def show(self, **context: Any) -> HttpResponse:
        """This screen with what it shows."""
        return self.render_to_response(self.get_context_data(**context))
