"""The forms behind the fence: for the admin, the previews and the API alike, which all build the same form."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from chapters import rights
from chapters.models import Chapter

from .references import refuse_foreign_references, stored_references


class RefersToOwn:
    """A form in which nobody names what is not theirs to choose."""

    instance: Any
    for_user: Any

    def _post_clean(self) -> None:
        """After the instance has its new values; what it referred to already stays."""
        before = stored_references(self.instance)
        super()._post_clean()  # type: ignore[misc]
        if self.for_user is not None:
            refuse_foreign_references(self.for_user, self.instance, before=before)


class ChapterOwnedForm(RefersToOwn, WagtailAdminModelForm):
    """Base of the forms of chapter-owned snippets.

    The owner is chosen while a row is new, from the chapters in which the user may write, and filled in with the first;
    afterwards only a transfer changes it. Who may see it and until when it is held back are in no form.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Without a user (scripts) every chapter may be chosen."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("owner", None)
        elif "owner" in self.fields:
            self._limit_owner()

    def clean(self) -> Any:
        """Even where a request leaves the field out, a new row has an owner in whose chapter the user may write."""
        cleaned = super().clean()
        if self.for_user is not None and self.instance.pk is None and "owner" not in self.errors:
            owner = (cleaned or {}).get("owner") or self.instance.owner
            language = self.instance.locale.language_code if self.instance.locale_id else None
            if owner is None or not rights.may(self.for_user, rights.ADD, owner, locale=language):
                self.add_error(
                    "owner" if "owner" in self.fields else None,
                    ValidationError(_("You cannot write for this chapter in this language.")),
                )
        return cleaned

    def _limit_owner(self) -> None:
        field = self.fields["owner"]
        field.required = True
        if self.for_user is None:
            return
        language = self.instance.locale.language_code if self.instance.locale_id else None
        field.queryset = Chapter.objects.filter(
            pk__in=rights.chapters_where(self.for_user, rights.ADD, locale=language)
        )
        chapters = list(field.queryset[:2])
        if not chapters:
            raise PermissionDenied(_("You write in no chapter in this language."))
        if not self.instance.owner_id:
            self.initial["owner"] = field.initial = chapters[0].pk
        if len(chapters) == 1:
            field.empty_label = None
