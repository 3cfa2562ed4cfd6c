"""The one workflow of the federation, and what needs it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    Page,
    PagePermissionTester,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)

from chapters.models import Chapter, ChapterApproval, StaffApproval
from search.registered import Registered

from .items import has_ref, original_of, owner_of
from .step_names import BY_STAFF, BY_THE_CHAPTER, WORKFLOW


def needs_approval(row: Any) -> bool:
    """Whether a row is published only after somebody else has read it: what its chapter has not freed.

    Fronts of chapters and pages of sections are how a chapter is laid out, not what it says: they ask for the right to
    publish, and for nobody's approval.
    """
    return type_needs_approval(type(row), owner_of(row), kind=_kind_of(row))


def type_needs_approval(model: Any, chapter: Chapter | None, *, kind: str = "") -> bool:
    """The same, of a type in a chapter: before there is a row."""
    name = getattr(model, "register_type", "")
    if chapter is None or not issubclass(model, Registered) or name in {"", "chapter"}:
        return False
    return not chapter.editors_publish(name) or chapter.needs_staff(type_name=name, kind=kind)


def is_reviewed(model: Any) -> bool:
    """Whether things of a model can be submitted: those that say something, and are known by a ref."""
    return issubclass(model, Registered) and has_ref(model)


def offer_no_review_of_layout() -> None:
    """Fronts, sections and home pages find no approver: nobody submits them. Called once, from `ready()`.

    The section keeps its workflow: Wagtail 8.0.1 asks the parent whether a new page can be submitted.
    """
    if not hasattr(PagePermissionTester.can_submit_for_moderation, "guarded"):
        PagePermissionTester.can_submit_for_moderation = _guarded(PagePermissionTester.can_submit_for_moderation)


def _guarded(can_submit: Callable[..., bool]) -> Callable[..., bool]:
    @wraps(can_submit)
    def guarded(self: Any) -> bool:
        return is_reviewed(self.page.specific_class) and can_submit(self)

    guarded.guarded = True  # type: ignore[attr-defined]
    return guarded


def staff_is_asked(row: Any) -> bool:
    """Whether federation staff approve it too, after the chapter."""
    chapter = owner_of(row)
    return chapter is not None and chapter.needs_staff(type_name=row.register_type, kind=_kind_of(row))


def ensure_workflow() -> Workflow:
    """The workflow with its two steps, for all pages and all snippets that can be public. Twice changes nothing."""
    workflow = Workflow.objects.filter(workflow_tasks__task__in=ChapterApproval.objects.all()).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW)
        for order, step in enumerate((ChapterApproval(name=BY_THE_CHAPTER), StaffApproval(name=BY_STAFF))):
            step.save()
            WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=order)
    root = Page.objects.filter(depth=1).first()
    if root is not None:
        # Wagtail's first migration has put a workflow of its own there, for groups that the house does not use.
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    for model in apps.get_models():
        if issubclass(model, Registered) and issubclass(model, WorkflowMixin) and not issubclass(model, Page):
            # Create and submit asks the content type alone: `get_workflow()` of the row is ignored (Wagtail 8.0.1).
            content_type = ContentType.objects.get_for_model(model)
            WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
    return workflow


def _kind_of(row: Any) -> str:
    return getattr(original_of(row), "kind_id", "") or ""
