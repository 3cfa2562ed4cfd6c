"""The form in which somebody is given a role: by e-mail address, in a chapter."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from chapters import rights
from chapters.models import FEDERATION_ROLES, Chapter, Invitation, Role, RoleAssignment
from chapters.people import languages_for, name_person

from .fields import ChapterField, languages_as_choices
from .forms import InSections


class RoleForm(InSections, forms.Form):
    """Role, languages, reach and end: what the forms for an address and for a known person have in common."""

    role = forms.ChoiceField(label=_("Role"))
    locales = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all. A translator needs at least one."),
    )
    below = forms.BooleanField(label=_("In the chapters below too"), required=False)
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Empty: until somebody ends it."),
    )

    def __init__(self, *args: Any, by: Any, chapter: Chapter, **kwargs: Any) -> None:
        """Only what `by` may give in this chapter is offered."""
        super().__init__(*args, **kwargs)
        self.by, self.chapter = by, chapter
        given = rights.roles_to_give(by, chapter)
        self.offer("role", [choice for choice in Role.choices if choice[0] in given and self._fits(choice[0])])
        self.offer("locales", languages_as_choices(languages_for(chapter)))
        if not chapter.children.exists() or not rights.roles_to_give(by, chapter, below=True):
            del self.fields["below"]

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Set the choices of a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _fits(self, role: str) -> bool:
        return role not in FEDERATION_ROLES or self.chapter.level == Chapter.Level.FEDERATION

    def save(self, email: str) -> RoleAssignment | Invitation | None:
        """Give the role, or invite; None when that was refused: the form has the reason then."""
        given = self.cleaned_data
        try:
            return name_person(
                email,
                given["role"],
                self.chapter,
                by=self.by,
                locales=given["locales"],
                below=given.get("below", False),
                until=end_of(given["until"]) if given["until"] else None,
            )
        except ValidationError as error:
            self.show(error)
            return None


class NamingForm(RoleForm):
    """On a chapter: who, and what."""

    sections = ((_("Name somebody"), ("email", "role", "locales", "below", "until")),)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=150,
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
        help_text=_("Who has no account here gets an invitation."),
    )


class FurtherRoleForm(RoleForm):
    """On a person: where, and what; for staff, who may give every role everywhere."""

    sections = ((_("Give a role"), ("where", "role", "locales", "below", "until")),)
    where = ChapterField(label=_("Chapter"))

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        """All roles and languages are offered; what does not fit the chapter is said when the form is sent."""
        root = Chapter.objects.get(level=Chapter.Level.FEDERATION)
        super().__init__(*args, by=by, chapter=root, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The chapter is the one that was chosen."""
        super().clean()
        self.chapter = self.cleaned_data.get("where") or self.chapter
        return self.cleaned_data


def end_of(day: Any) -> datetime:
    """The moment at which a day ends, in the time zone of the admin."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
