"""Suspending, archiving and reopening: what it means in numbers, a reason, then the deed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages

from chapters.status import change_status, consequences, steps_for

from .screen import Screen

TITLES = {
    "suspend": pgettext_lazy("do with a chapter", "Suspend"),
    "archive": pgettext_lazy("do with a chapter", "Archive"),
    "reopen": pgettext_lazy("do with a chapter", "Reopen"),
}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The chapter's people see it, and it stands in the log. Readers do not see it."),
    )


class ChangeStatus(Screen):
    """One step for one chapter; a step that is not possible is a 404."""

    template_name = "chapters/screens/status.html"
    header_icon = "warning"

    def get_page_title(self) -> str:
        """What is to be done."""
        return str(TITLES[self.kwargs["step"]])

    def get_page_subtitle(self) -> str:
        """With which chapter."""
        return str(self.chapter)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Rights first, by the screen; then whether the step exists."""
        if self.may_enter(request.user) and kwargs["step"] not in steps_for(self.chapter):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, code: str, step: str) -> HttpResponse:
        """What it would mean."""
        return self._show(ReasonForm())

    def post(self, request: HttpRequest, code: str, step: str) -> HttpResponse:
        """Do it."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            change_status(self.chapter, step, reason=form.cleaned_data["reason"], user=request.user)
        except ValidationError as error:
            form.add_error("reason", error)
            return self._show(form)
        said = _("%(chapter)s is now: %(status)s.")
        messages.success(request, said % {"chapter": self.chapter, "status": self.chapter.get_status_display()})
        return redirect("chapters_admin:edit", code=code)

    def _show(self, form: ReasonForm) -> HttpResponse:
        back = reverse("chapters_admin:edit", args=[self.chapter.code])
        return self.show(
            form=form, step=self.kwargs["step"], numbers=consequences(self.chapter), back=back, chapter=self.chapter
        )
