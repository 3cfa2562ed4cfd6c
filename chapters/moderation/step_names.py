"""The workflow and its steps are called in the language of whoever reads it; what is stored stays English.

Wagtail 8.0.1 shows the stored name wherever somebody meets a review: on the button that submits, beside the form, in
what it says of a locked item, in the history.
"""

from typing import Any

from django.db.models import Field
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext, gettext_noop
from wagtail.models import Task, Workflow

WORKFLOW = gettext_noop("Approval")
BY_THE_CHAPTER = gettext_noop("Approval by the chapter")
BY_STAFF = gettext_noop("Approval by federation staff")
OURS = (WORKFLOW, BY_THE_CHAPTER, BY_STAFF)


class InTheReadersLanguage(DeferredAttribute):
    """A stored name; of those that are ours, its translation. Names that somebody else has given stay as they are."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        """What is to be read."""
        name = super().__get__(instance, cls)
        return gettext(name) if name in OURS else name

    def __set__(self, instance: Any, name: str) -> None:
        """A form sends back what it showed: that is no new name."""
        instance.__dict__[self.field.attname] = next((own for own in OURS if gettext(own) == name), name)


def speak_the_readers_language() -> None:
    """Join it to the names of workflows and tasks; called once, from `ready()`."""
    for model in (Workflow, Task):
        field: Any = model._meta.get_field("name")
        setattr(model, field.attname, InTheReadersLanguage(field))
        field.pre_save = _stored_name.__get__(field)


def _stored_name(field: Field, instance: Any, add: bool) -> Any:
    """What is written to the database."""
    return instance.__dict__[field.attname]
