"""Accepting an invitation: the only screen of ours that needs no login."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from chapters.models import Invitation
from chapters.people import accept, open_account


class AcceptingForm(forms.Form):
    """Name and password of somebody new; the e-mail address is the user name."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150, required=False)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )
    again = forms.CharField(
        label=gettext_lazy("Password again"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        """The address is shown and is not asked for."""
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Twice the same, and one that passes the rules."""
        super().clean()
        given = self.cleaned_data
        if not self.errors and given["password"] != given["again"]:
            self.add_error("again", _("These are two different passwords."))
        elif "password" in given:
            user = get_user_model()(
                email=self.email, first_name=given.get("first_name", ""), last_name=given.get("last_name", "")
            )
            try:
                validate_password(given["password"], user)
            except ValidationError as error:
                self.add_error("password", error)
        return given


@method_decorator(sensitive_post_parameters("password", "again"), name="dispatch")
class AcceptInvitation(View):
    """Somebody new sets name and password and is logged in; who has an account signs in first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A link that does not work is the same answer, whatever the reason."""
        self.invitation = Invitation.of_token(kwargs["token"])
        if self.invitation is None:
            response: Any = render(request, "chapters/screens/invitation_gone.html", status=404)
        else:
            response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The form, or one button for whoever is logged in."""
        return self._show(self._form())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Accept."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            self._accept(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self._show(form)
        messages.success(request, _("Welcome. You can begin."))
        return redirect("wagtailadmin_home")

    def _form(self, data: Any = None) -> forms.Form:
        if self.request.user.is_authenticated:
            return forms.Form(data)
        return AcceptingForm(data, email=self._invited.email)

    @property
    def _invited(self) -> Invitation:
        assert self.invitation is not None  # noqa: S101 - `dispatch` has answered otherwise
        return self.invitation

    def _accept(self, given: dict[str, Any]) -> None:
        if self.request.user.is_authenticated:
            accept(self._invited, self.request.user)
            return
        person = open_account(
            self._invited,
            first_name=given["first_name"],
            last_name=given["last_name"],
            password=given["password"],
        )
        login(self.request, person, backend=settings.AUTHENTICATION_BACKENDS[0])

    def _show(self, form: forms.Form) -> HttpResponse:
        context = {"form": form, "invitation": self._invited, "path": self.request.path}
        return render(self.request, "chapters/screens/invitation.html", context)
