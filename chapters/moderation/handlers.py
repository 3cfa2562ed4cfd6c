"""What follows from a review: letters to those who have it next, and to those who wait for it."""

from typing import Any

from django.db.models.signals import post_migrate, post_save
from wagtail.models import WorkflowMixin, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from chapters.fence.guests import let_in
from chapters.models import Review

from . import mails
from .approval import ensure_workflow, offer_no_review_of_layout
from .publishing import guard_publishing
from .reviewing import ask_the_chapter_again, has_to_review, holder_of
from .step_names import speak_the_readers_language
from .translating import guard_translations


def connect() -> None:
    """Join the handlers; called once, from `ready()`."""
    guard_publishing()
    offer_no_review_of_layout()
    guard_translations()
    let_in(has_to_review)
    mails.silence_wagtail()
    speak_the_readers_language()
    post_save.connect(notice_new_words, dispatch_uid="chapters.notice_new_words")
    post_migrate.connect(make_workflow, dispatch_uid="chapters.make_workflow")
    task_submitted.connect(tell_who_has_it, sender=Review, dispatch_uid="chapters.tell_who_has_it")
    for signal, news in ((workflow_rejected, "returned"), (workflow_approved, "approved")):
        signal.connect(_teller(news), sender=WorkflowState, dispatch_uid=f"chapters.tell_{news}", weak=False)


def make_workflow(app_config: Any, **kwargs: Any) -> None:
    """The workflow is there as soon as everything that it serves is."""
    if app_config.label == _last_label():
        ensure_workflow()


def tell_who_has_it(sender: type, instance: Review, user: Any = None, **kwargs: Any) -> None:
    """It has come to somebody."""
    row = _row_of(instance.workflow_state)
    mails.tell(holder_of(row, instance).people, "submitted", row.get_ref(), but=user)


def notice_new_words(sender: type, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """A draft was saved, from wherever: `save_revision` ends so (Wagtail 8.0.1), autosave over a revision too."""
    if isinstance(instance, WorkflowMixin) and "latest_revision" in (update_fields or ()):
        ask_the_chapter_again(instance)


def _teller(news: str) -> Any:
    def tell(sender: type, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
        row = _row_of(instance)
        review = instance.current_task_state.specific if instance.current_task_state else None
        if isinstance(review, Review) and review.ref:
            mails.tell([instance.requested_by], news, row.get_ref(), but=user)

    return tell


def _row_of(state: WorkflowState) -> Any:
    item = state.content_object
    return getattr(item, "specific", item)


def _last_label() -> str:
    """The app that is migrated last: by then every content type that the workflow serves can be made."""
    from django.apps import apps

    return [config.label for config in apps.get_app_configs() if config.models_module][-1]
