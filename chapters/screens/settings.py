"""The settings of a chapter: everything about it but its code, its status and its people."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from chapters.changing import change_chapter
from chapters.models import Chapter
from chapters.opening import homes_by_language
from chapters.status import steps_for
from chapters.validators import FREE_TYPES
from federation.vocabulary.fields import LabelsField
from federation.vocabulary.models import in_language
from search.types import type_named

from .fields import ChapterField, ColourWidget, CountriesField, languages_as_choices
from .forms import InSections
from .screen import Screen
from .status import TITLES


def _free_types() -> list[tuple[str, str]]:
    lang = get_language()
    return [(name, in_language(type_named(name).label_plural, lang, name)) for name in FREE_TYPES]


class SettingsForm(InSections, forms.ModelForm):
    """For staff. What is wrong is said beside its field."""

    sections = (
        (gettext_lazy("Name"), ("names", "founded")),
        (gettext_lazy("Place"), ("level", "parent", "countries", "region")),
        (gettext_lazy("Languages"), ("add_languages",)),
        (gettext_lazy("Contact"), ("email", "telephone", "address", "website")),
        (gettext_lazy("Appearance"), ("colour", "accent_colour", "logo")),
        (
            gettext_lazy("Policy"),
            ("free_types", "staff_approval", "review_days", "others_approve_translations"),
        ),
    )  # fmt: skip

    names = LabelsField(label=gettext_lazy("Name in each language"))
    parent = ChapterField(label=gettext_lazy("Part of"), required=False)
    countries = CountriesField(label=gettext_lazy("Countries"), required=False)
    add_languages = forms.MultipleChoiceField(
        label=gettext_lazy("Add languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each gets the chapter's pages in that language, public at once."),
    )
    logo = forms.ModelChoiceField(
        label=gettext_lazy("Logo"), queryset=get_image_model().objects.all(), required=False, widget=AdminImageChooser
    )
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, assume_scheme="https", widget=forms.URLInput({"dir": "ltr"})
    )
    free_types = forms.MultipleChoiceField(
        label=gettext_lazy("Editors publish at once"),
        choices=_free_types,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Everything else needs a moderator; a case always does."),
    )

    class Meta:
        """Of the model, what is typed as it is."""

        model = Chapter
        fields = (
            *("names", "founded", "level", "parent", "region", "email", "telephone", "address", "website"),
            *("colour", "accent_colour", "logo", "free_types", "staff_approval", "review_days"),
            "others_approve_translations",
        )
        widgets = {
            "address": forms.Textarea({"rows": 3}),
            "colour": ColourWidget,
            "accent_colour": ColourWidget,
            "staff_approval": forms.RadioSelect,
            "email": forms.EmailInput({"dir": "ltr"}),
            "telephone": forms.TextInput({"dir": "ltr"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The federation stays what it is; languages are those that the chapter lacks and the site has."""
        super().__init__(*args, **kwargs)
        chapter = self.instance
        self.initial["countries"] = list(chapter.countries.values_list("code", flat=True))
        # A foreign key's initial value is its primary key; this field speaks in codes.
        self.initial["parent"] = chapter.parent.code if chapter.parent else None
        missing = [code for code in homes_by_language() if code not in chapter.languages]
        self.fields["add_languages"].choices = languages_as_choices(missing)  # type: ignore[attr-defined]
        if not missing:
            del self.fields["add_languages"]
        if chapter.level == Chapter.Level.FEDERATION:
            del self.fields["level"], self.fields["parent"]
        else:
            self.fields["level"].choices = [  # type: ignore[attr-defined]
                choice for choice in Chapter.Level.choices if choice[0] != Chapter.Level.FEDERATION
            ]

    def clean_names(self) -> dict[str, str]:
        """Names in languages that the site does not speak are kept."""
        return {**self.instance.names, **self.cleaned_data["names"]}

    def save_by(self, user: Any) -> Chapter:
        """Save everything."""
        return change_chapter(
            self.instance,
            countries=self.cleaned_data["countries"],
            add_languages=self.cleaned_data.get("add_languages", ()),
            by=user,
            changed=self.changed_data,
        )


class ChapterSettings(Screen):
    """The form; with the buttons that lead to the chapter's people and its status."""

    template_name = "chapters/screens/settings.html"

    def get_page_title(self) -> str:
        """The chapter's name."""
        return str(self.chapter)

    @property
    def header_buttons(self) -> list[Button]:
        """To its people."""
        people = reverse("chapters_admin:people", args=[self.chapter.code])
        return [HeaderButton(_("People"), people, icon_name="group")]

    @property
    def header_more_buttons(self) -> list[Button]:
        """To what can be done with its status."""
        return [
            Button(
                TITLES[step], reverse("chapters_admin:status", args=[self.chapter.code, step]), icon_name="warning",
                priority=number,
            )
            for number, step in enumerate(steps_for(self.chapter))
        ]  # fmt: skip

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """As it is."""
        return self._show(SettingsForm(instance=self.chapter))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Change it."""
        form = SettingsForm(request.POST, instance=self.chapter)
        if not form.is_valid():
            return self._show(form)
        form.save_by(request.user)
        messages.success(request, _("“%s” was changed.") % self.chapter)
        return redirect("chapters_admin:edit", code=code)

    def _show(self, form: SettingsForm) -> HttpResponse:
        chapter = Chapter.objects.get(pk=self.chapter.pk)  # not what a refused form has made of it
        return self.show(form=form, chapter=chapter, media=form.media)
