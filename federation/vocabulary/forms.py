"""Forms of terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from .fields import LabelsField
from .models import Theme


class TermForm(WagtailAdminModelForm):
    """A term: its code is chosen once, its labels are one input for each language."""

    labels = LabelsField(label=_("Labels"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A code in use does not change: addresses and queries have it."""
        super().__init__(*args, **kwargs)
        code = "slug" if "slug" in self.fields else "code"
        if not self.instance._state.adding and code in self.fields:
            self.fields[code].disabled = True

    def clean_labels(self) -> dict[str, str]:
        """Labels in languages that the site does not speak are kept."""
        return {**(self.instance.labels or {}), **self.cleaned_data["labels"]}


class KindForm(TermForm):
    """A kind has a label for several, too."""

    plurals = LabelsField(label=_("Labels of several"), required=False)

    def clean_plurals(self) -> dict[str, str]:
        """As `clean_labels`."""
        return {**(self.instance.plurals or {}), **self.cleaned_data["plurals"]}


class MergeForm(forms.Form):
    """Which theme takes over."""

    into = forms.ModelChoiceField(queryset=Theme.objects.none(), label=_("Merge into"))

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        """Every living theme but this one."""
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["into"]
        choices.queryset = Theme.objects.filter(merged_into=None).exclude(pk=theme.pk)
