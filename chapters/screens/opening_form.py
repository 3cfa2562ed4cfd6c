"""The one form in which a chapter is opened."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chapters.models import Chapter
from chapters.opening import homes_by_language
from chapters.planning import Plan, plan_chapter, propose_code
from federation.vocabulary.fields import LabelsField

from .fields import ChapterField, CountriesField, languages_as_choices
from .forms import InSections

# Where an error about an argument of `plan_chapter` is shown.
SHOWN_AT = {"languages": "first_language"}


class OpeningForm(InSections, forms.Form):
    """Everything that a new chapter needs; what is wrong is said beside its field."""

    sections = (
        (_("Name"), ("names", "code")),
        (_("Place"), ("level", "parent", "countries")),
        (_("Languages"), ("first_language", "further_languages")),
        (_("People"), ("moderator",)),
    )

    names = LabelsField(label=_("Name in each language"))
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=32,
        help_text=_("A word of its addresses, for ever. Empty: proposed from its country or name."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[choice for choice in Chapter.Level.choices if choice[0] != Chapter.Level.FEDERATION],
        initial=Chapter.Level.NATIONAL,
    )
    parent = ChapterField(label=_("Part of"))
    countries = CountriesField(label=_("Countries"), required=False)
    first_language = forms.ChoiceField(label=_("First language"), help_text=_("What it writes in most."))
    further_languages = forms.MultipleChoiceField(
        label=_("Further languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    moderator = forms.EmailField(
        label=_("First moderator's e-mail"),
        required=False,
        help_text=_("Who has no account gets an invitation."),
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Languages are those in which the site has a home page."""
        super().__init__(*args, **kwargs)
        choices = languages_as_choices(homes_by_language())
        for name in ("first_language", "further_languages"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.plan: Plan | None = None

    def clean(self) -> dict[str, Any]:
        """Propose a code, then ask what would be made."""
        super().clean()
        if not self.errors:
            try:
                self._propose_code()
                self.plan = plan_chapter(**self.arguments())
            except ValidationError as error:
                self.show(error, at=SHOWN_AT)
        return self.cleaned_data

    def arguments(self) -> dict[str, Any]:
        """What `plan_chapter` and `open_chapter` take."""
        given = self.cleaned_data
        first = given["first_language"]
        return {
            "code": given["code"],
            "names": given["names"],
            "level": given["level"],
            "parent": given["parent"].code,
            "languages": [first, *(code for code in given["further_languages"] if code != first)],
            "countries": given["countries"],
            "moderator": given["moderator"],
        }

    def fingerprint(self) -> str:
        """Tells what was previewed from what was changed since."""
        return hashlib.sha256(json.dumps(self.arguments(), sort_keys=True).encode()).hexdigest()

    def _propose_code(self) -> None:
        if not self.cleaned_data["code"]:
            code = propose_code(self.cleaned_data["names"], self.cleaned_data["countries"])
            if not code:
                raise ValidationError({"code": _("No code can be made of this name. Write one.")})
            self.cleaned_data["code"] = code
            # Shown in the form from now on, so that it can be changed.
            self.data = _with(self.data, code=code)
        elif Chapter.objects.filter(code=self.cleaned_data["code"]).exists():
            raise ValidationError({"code": _("There is a chapter of this code already.")})


def _with(data: Any, **values: str) -> Any:
    """A copy of what was sent, with other values."""
    copy = data.copy()
    for name, value in values.items():
        copy[name] = value
    return copy
