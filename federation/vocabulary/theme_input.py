"""Choosing themes while writing: by their labels, in the language of whoever writes."""

import json
from collections.abc import Iterable
from typing import Any

from taggit.utils import parse_tags
from wagtail.admin.widgets import AdminTagWidget

from .models import Theme


class ThemesWidget(AdminTagWidget):
    """Wagtail's input of tags, which knows a tag by its name: a theme's is English, its labels are in every language.

    The labels to choose from stand in the form: there are some dozens of them.
    """

    def format_value(self, value: Any) -> str:
        """Themes, or their names as they were sent, as labels."""
        names = parse_tags(value) if isinstance(value, str) else [theme.name for theme in value or ()]
        labels = {theme.name: str(theme) for theme in Theme.objects.filter(name__in=names)}
        return _joined(labels.get(name, name) for name in names)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Names of what was chosen; a text that is no theme stays, and the field drops it."""
        chosen = parse_tags(super().value_from_datadict(data, files, name))
        names = _names() if chosen else {}
        return _joined(names.get(text.casefold(), text) for text in chosen)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With what there is to choose from; Wagtail's address of suggestions looks for English names."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        attributes = context["widget"]["attrs"]
        labels = sorted(str(theme) for theme in Theme.objects.filter(merged_into=None))
        options = json.loads(attributes["data-w-tag-options-value"])
        attributes["data-w-tag-options-value"] = json.dumps({**options, "autocomplete": {"source": labels}})
        return context


def _names() -> dict[str, str]:
    """What somebody may write of a theme -> its name: the label they are shown, its name or code, any other label."""
    themes = list(Theme.objects.filter(merged_into=None))
    found: dict[str, str] = {}
    for texts in (
        lambda theme: [str(theme)],
        lambda theme: [theme.name, theme.slug],
        lambda theme: theme.labels.values(),
    ):
        for theme in themes:
            for text in texts(theme):
                found.setdefault(text.casefold(), theme.name)
    return found


def _joined(texts: Iterable[str]) -> str:
    """As taggit reads it."""
    return ", ".join(sorted(f'"{text}"' if "," in text or " " in text else text for text in texts))
