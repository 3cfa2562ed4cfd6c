"""The form in which people sign in."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class SignInForm(LoginForm):
    """Wagtail's, whose field for the password has no name that could be translated (8.0.1)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name it."""
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
