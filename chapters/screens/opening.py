"""Opening a chapter: one form, then what would be made, then the deed."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from chapters.opening import Opened, open_chapter

from .opening_form import OpeningForm
from .screen import Screen


class OpenChapter(Screen):
    """The form and, once it is right, the preview below it; what was changed since is previewed again."""

    page_title = gettext_lazy("Open a chapter")
    template_name = "chapters/screens/open.html"
    header_icon = "plus"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self._show(OpeningForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Preview; or open what has been previewed and not changed since."""
        form = OpeningForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        previewed = request.POST.get("open")
        if previewed != form.fingerprint():
            if previewed:
                messages.warning(request, _("The form was changed after the preview. Look at the new preview first."))
            return self._show(form)
        try:
            opened = open_chapter(**form.arguments(), by=request.user)
        except ValidationError as error:
            form.show(error)
            return self._show(form)
        return self._opened(request, opened)

    def _show(self, form: OpeningForm) -> HttpResponse:
        plan = form.plan if form.is_bound and not form.errors else None
        return self.show(form=form, plan=plan, fingerprint=form.fingerprint() if plan else "", media=form.media)

    def _opened(self, request: HttpRequest, opened: Opened) -> HttpResponse:
        said = _("%(chapter)s is open: %(number)d pages were made.")
        messages.success(request, said % {"chapter": opened.chapter, "number": len(opened.pages)})
        return redirect("chapters_admin:people", code=opened.chapter.code)
