"""The form in which people sign in, which has patience with wrong passwords, but not without end."""

from contextlib import suppress
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

# So many wrong passwords for one account from one address, within so many seconds. Whoever sits elsewhere still comes
# in: guessing locks nobody out of their account.
TRIES, WITHIN = 10, 15 * 60


class SignInForm(LoginForm):
    """Wagtail's, whose field for the password has no name that could be translated (8.0.1)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name it."""
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")

    def clean(self) -> Any:
        """Too many wrong passwords, and no further one is looked at, not even the right one."""
        key = self._key()
        if cache.get(key, 0) >= TRIES:
            raise ValidationError(_("Too many wrong passwords. Try again in a quarter of an hour."))
        try:
            cleaned = super().clean()
        except ValidationError:
            cache.add(key, 0, WITHIN)
            with suppress(ValueError):  # the quarter of an hour is over at this very moment
                cache.incr(key)
            raise
        cache.delete(key)
        return cleaned

    def _key(self) -> str:
        """Of an account and an address; a digest, so that no name stands in the cache."""
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        name = self.cleaned_data.get("username", "").casefold()
        return f"signing-in:{salted_hmac('chapters.signing-in', f'{address} {name}').hexdigest()}"
