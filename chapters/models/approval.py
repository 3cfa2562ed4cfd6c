"""The one workflow's two steps, and what is known of each review.

The steps know the item they are about: who approves is asked of its owner chapter at that moment, so a role that was
given, ended or has run out counts at once (chapters/moderation/reviewing.py).
"""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Task, TaskState

from .chapter import Chapter


class Review(TaskState):
    """A review: of what, of which chapter, and a fingerprint of the words that were approved."""

    chapter = models.ForeignKey(Chapter, null=True, on_delete=models.CASCADE, related_name="+")
    # Another chapter that has written what is read: its moderators may approve too, if the owner says so.
    translator = models.ForeignKey(Chapter, null=True, on_delete=models.CASCADE, related_name="+")
    ref = models.CharField(max_length=32, db_index=True)
    # Of the content of the revision: an autosave overwrites a revision and keeps its key (Wagtail 8.0.1).
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    @property
    def words_now(self) -> str:
        """Fingerprint of what there is to read at this moment: a form sends it back with the decision."""
        from chapters.moderation.reviewing import fingerprint

        return fingerprint(self.workflow_state.content_object.get_latest_revision())


class DecisionForm(TaskStateCommentForm):
    """A decision names the words it is about."""

    reviewed = forms.CharField(required=False, widget=forms.HiddenInput)


class _Step(Task):
    """What both steps have in common."""

    task_state_class = Review

    class Meta:
        abstract = True

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Begin; where nobody has to be asked, skip."""
        from chapters.moderation.reviewing import begin

        return begin(self, workflow_state, user=user)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Decide, or lead to the item's page, which says why not."""
        from chapters.moderation.reviewing import decide_or_explain

        return decide_or_explain(task_state, action_name, user=user, **kwargs)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Each with a form, which names the words that were read."""
        from chapters.moderation.reviewing import may_review

        if not may_review(user, obj):
            return []
        return [("reject", _("Return with a reason"), True), ("approve", _("Approve"), True)]

    def get_form_for_action(self, action: str) -> Any:
        """With the words it is about."""
        return DecisionForm

    def get_template_for_action(self, action: str) -> str:
        """The form with the words it is about filled in."""
        return "chapters/moderation/decide.html"

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While it is being read nobody changes it but those who approve."""
        from chapters import rights
        from chapters.moderation.items import may

        return not may(user, rights.APPROVE, obj)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """What waits for somebody at this step."""
        from chapters.moderation.reviewing import waiting_for

        return self.task_states.filter(pk__in=[review.pk for review in waiting_for(user) if review.task_id == self.pk])


class ChapterApproval(_Step):
    """The owner chapter approves; where it has no second person, the chapter above it does."""

    class Meta:
        verbose_name = _("approval by the chapter")

    @classmethod
    def get_description(cls) -> str:
        """For the list of tasks."""
        return str(_("The moderators of the owner chapter approve; those above it where there is no second person."))


class StaffApproval(_Step):
    """Federation staff approve, where the chapter's policy asks for it."""

    class Meta:
        verbose_name = _("approval by federation staff")

    @classmethod
    def get_description(cls) -> str:
        """For the list of tasks."""
        return str(_("Federation staff approve what the policy of the owner chapter asks them to."))
