"""Labels in forms: one input for each language that the site speaks."""

from typing import Any

from django import forms
from django.utils.translation import get_language

from .languages import direction, language_name, site_languages


class LabelsWidget(forms.MultiWidget):
    """A text input for each language, in its own direction."""

    template_name = "vocabulary/labels_widget.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """The languages are those of the settings at this moment."""
        self.languages = site_languages()
        super().__init__({code: forms.TextInput(_attributes(code)) for code in self.languages}, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Each input stands beside the name of its language."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        lang = get_language() or "en"
        for code, subwidget in zip(self.languages, context["widget"]["subwidgets"], strict=True):
            subwidget["language"] = language_name(code, lang)
        return context

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        """From labels to inputs."""
        return [(value or {}).get(code, "") for code in self.languages]


def _attributes(code: str) -> dict[str, str]:
    return {"lang": code, "dir": direction(code), "aria-label": language_name(code, code)}


class LabelsField(forms.MultiValueField):
    """A dictionary from language to label; labels in other languages stay as they are."""

    def __init__(self, **kwargs: Any) -> None:
        """At least one language is needed when the field is required."""
        languages = site_languages()
        fields = [forms.CharField(required=False, max_length=255) for _ in languages]
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        super().__init__(fields=fields, widget=LabelsWidget(), require_all_fields=False, **kwargs)
        self.languages = languages

    def compress(self, data_list: list[str]) -> dict[str, str]:
        """From inputs to labels."""
        return {code: text.strip() for code, text in zip(self.languages, data_list or [], strict=False) if text.strip()}
