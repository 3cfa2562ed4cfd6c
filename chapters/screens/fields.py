"""Inputs that the screens of chapters have in common."""

from typing import Any

from django import forms
from django.utils.translation import get_language

from chapters.models import Chapter
from federation.vocabulary.languages import language_name
from federation.vocabulary.models import Country


def languages_as_choices(codes: Any) -> list[tuple[str, str]]:
    """Codes of languages with their names in the language of the admin."""
    lang = get_language() or "en"
    return [(code, f"{language_name(code, lang)} ({code})") for code in codes]


class CountriesWidget(forms.CheckboxSelectMultiple):
    """Boxes to tick, those ticked first; a script adds a field that narrows the list."""

    template_name = "chapters/screens/countries.html"

    class Media:
        """Of every screen of ours."""

        js = ["chapters/screens.js"]
        css = {"all": ["chapters/screens.css"]}


class CountriesField(forms.MultipleChoiceField):
    """Countries by code, offered by their names in the language of the admin."""

    widget = CountriesWidget

    def __init__(self, **kwargs: Any) -> None:
        """The names are read when a form is made."""
        super().__init__(choices=_countries, **kwargs)


def _countries() -> list[tuple[str, str]]:
    return sorted(((country.code, str(country)) for country in Country.objects.all()), key=lambda pair: pair[1])


class ChapterField(forms.ModelChoiceField):
    """A chapter, offered as the tree has it."""

    def __init__(self, **kwargs: Any) -> None:
        """All chapters, by their code."""
        super().__init__(queryset=Chapter.objects.order_by("path"), to_field_name="code", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Set in by its depth: a select has no other way."""
        return "\u2007\u2007" * obj.path.count("/") + str(obj)


class ColourWidget(forms.TextInput):
    """#rrggbb; a script shows the colour and how well it can be read on white."""

    class Media:
        """Of every screen of ours."""

        js = ["chapters/screens.js"]
        css = {"all": ["chapters/screens.css"]}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Marked for the script."""
        super().__init__({"data-colour": "", "dir": "ltr", "placeholder": "#1a5f7a", **(attrs or {})})
