"""Who reviews an item, what they decide, and that nothing else is published than what they have read.

The people at a step are asked of the roles of that moment: first the moderators of the owner chapter, without those
who wrote what is to be read; where nobody is left, those of the chapter above it, and so on up, then staff.
What another chapter has translated its own moderators approve too, where the owner says so.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import IntegerField, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import task_submitted

from chapters import rights
from chapters.models import Chapter, ChapterApproval, Review, Role, RoleAssignment, StaffApproval
from search.stops import stops_of, why_not

from .approval import staff_is_asked
from .items import item_url, may, owner_of
from .publishing import approved

MODERATORS = (Role.MODERATOR, Role.CASE_OFFICER)


class Refused(PermissionDenied):
    """A decision that is not taken; says why."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an item at this moment: the moderators of a chapter, or federation staff."""

    people: tuple[Any, ...]
    chapter: Chapter | None = None
    own: bool = False

    def __str__(self) -> str:
        if self.chapter is None:
            return _("federation staff")
        return _("the moderators of %(chapter)s") % {"chapter": self.chapter}


def fingerprint(revision: Revision) -> str:
    """Of the words and facts of a revision."""
    content = json.dumps(revision.content, sort_keys=True, ensure_ascii=False)
    return f"{revision.pk}-{hashlib.sha256(content.encode()).hexdigest()[:24]}"


def review_of(row: Any) -> Review | None:
    """The review that a row waits in; None when it waits for nobody."""
    state = row.current_workflow_task_state
    return state if isinstance(state, Review) else None


def authors_of(row: Any) -> set[int]:
    """Keys of those who wrote what is not public yet, and of who submitted it."""
    newer = row.revisions.all()
    if row.live and row.live_revision_id:
        newer = newer.filter(pk__gt=row.live_revision_id)
    authors = set(newer.exclude(user=None).values_list("user_id", flat=True))
    state = row.current_workflow_state
    return authors | ({state.requested_by_id} if state and state.requested_by_id else set())


def may_review(user: Any, row: Any) -> bool:
    """Whether somebody may decide about a row that is in review at this moment. Nobody decides about their own."""
    review = review_of(row)
    chapter = owner_of(row)
    if review is None or chapter is None or not chapter.is_active or user.pk in authors_of(row):
        return False
    if _is_staff_step(review.task):
        return rights.is_staff(user)
    if may(user, rights.APPROVE, row):
        return True
    holder = holder_of(row, review)
    if user.pk not in {person.pk for person in holder.people}:
        return False
    # Who only translates an item has nothing to do with it while readers do not have it.
    return not _is_of_translators(holder, review) or rights.is_public(row.get_ref())


def has_to_review(user: Any, row: Any) -> bool:
    """Whether an item that is in review has come to somebody, perhaps from a chapter that is not theirs.

    It is asked of whatever somebody may not see by themselves: what costs little is asked first.
    """
    if not any(one.role in (*MODERATORS, Role.STAFF) for one in rights.roles_of(user)):
        return False
    ref = row.get_ref() if hasattr(row, "get_ref") else ""
    waiting = Review.objects.filter(ref=ref, status=TaskState.STATUS_IN_PROGRESS)
    return waiting.exists() and may_review(user, _specific(row))


def holder_of(row: Any, review: Review | None = None) -> Holder:
    """Who has it: at the chapter's step the nearest moderators who did not write it, at the other one staff."""
    chapter = owner_of(row)
    review = review or review_of(row)
    at_staff = review is not None and _is_staff_step(review.task)
    translator = review.translator if review is not None else None
    return _holder(chapter, authors_of(row), at_staff=at_staff, found=_Assignments(), translator=translator)


def publishers_of(row: Any) -> Holder:
    """Who publishes what nobody reviews: the nearest moderators, those of the chapter itself first."""
    return _holder(owner_of(row), set(), at_staff=False, found=_Assignments())


def approve(row: Any, *, user: Any, reviewed: str, comment: str = "") -> None:
    """Approve the words that `reviewed` names (`fingerprint`), and no others; Refused with a sentence otherwise."""
    _decide(row, "approve", user=user, reviewed=reviewed, comment=comment)


def give_back(row: Any, *, user: Any, reviewed: str, comment: str) -> None:
    """Return an item to its authors with a reason."""
    if not comment.strip():
        raise Refused(_("Say what has to change: the author reads it."))
    _decide(row, "reject", user=user, reviewed=reviewed, comment=comment)


def begin(step: Any, workflow_state: WorkflowState, *, user: Any) -> Review:
    """Start a step on what a workflow is about; staff are asked only where the policy asks them."""
    # Read again: of a row that was loaded before its draft was saved the newest revision is the one before.
    item = workflow_state.content_object
    row = _specific(type(item)._default_manager.get(pk=item.pk))
    revision = row.get_latest_revision()
    review = Review(
        workflow_state=workflow_state,
        revision=revision,
        task=step,
        chapter=owner_of(row),
        translator=row.translated_by if getattr(row, "is_from_another_chapter", False) else None,
        ref=row.get_ref() if hasattr(row, "get_ref") else "",
        status=TaskState.STATUS_IN_PROGRESS,
    )
    if isinstance(step, StaffApproval) and not _staff_still_to_ask(row, workflow_state, revision):
        review.status = TaskState.STATUS_SKIPPED
    review.save()
    if review.status == TaskState.STATUS_IN_PROGRESS:
        task_submitted.send(sender=Review, instance=review, user=user)
    return review


def ask_the_chapter_again(row: Any) -> None:
    """What was changed while staff had it goes back to the chapter: what it has approved are other words."""
    at_staff = Review.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=row.get_base_content_type(),
        workflow_state__object_id=str(row.pk),
        task__content_type=ContentType.objects.get_for_model(StaffApproval),
    )
    review = at_staff.select_related("workflow_state").first()
    if review is None:
        return
    latest = Revision.objects.get(pk=row.latest_revision_id)
    if fingerprint(latest) == _approved_by_the_chapter(review):
        return
    state = review.workflow_state
    # Not `cancel()`: it goes on to what is left of the workflow, by the revision, which an autosave keeps.
    review.status, review.finished_at = TaskState.STATUS_CANCELLED, timezone.now()
    review.save()
    state.current_task_state = review
    state.update(user=latest.user, next_task=ChapterApproval.objects.get(workflow_tasks__workflow=state.workflow))


def _approved_by_the_chapter(review: Review) -> str:
    """Fingerprint of the words that the chapter has approved last in this workflow."""
    approvals = Review.objects.filter(workflow_state=review.workflow_state, status=TaskState.STATUS_APPROVED)
    return approvals.order_by("-pk").values_list("fingerprint", flat=True).first() or ""


def decide_or_explain(
    review: Any, action: str, *, user: Any, reviewed: str = "", comment: str = "", **more: Any
) -> Any:
    """For Wagtail's own forms: None when it is done, else the address of the item's page, which says why not."""
    row = _specific(review.workflow_state.content_object)
    try:
        _decide(row, action, user=user, reviewed=reviewed, comment=comment)
    except Refused:
        return f"{item_url(row.get_ref())}?{'quicker' if review_of(row) is None else 'changed'}"
    return None


def waiting_for(user: Any) -> list[Review]:
    """Reviews in progress that somebody may decide about, the oldest first. Queries do not grow with them."""
    reviews = list(in_progress())
    standing = who_has(user, reviews)
    return [review for review in reviews if standing[review.pk][1]]


def in_progress() -> Any:
    """All reviews that wait for somebody, the oldest first."""
    waiting = Review.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    )
    related = ("workflow_state", "chapter", "translator", "revision", "task", "task__content_type")
    return waiting.select_related(*related).order_by("workflow_state__created_at", "pk")


def who_has(user: Any, reviews: Iterable[Review]) -> dict[int, tuple[Holder, bool]]:
    """Who has each of these reviews, by its key, and whether that is this user. Queries do not grow with them."""
    reviews = list(reviews)
    authors = _authors_of_all(reviews)
    found, public = _Assignments(user), _public_of_translated(reviews)
    return {
        review.pk: (
            _holder(
                review.chapter,
                authors[_key(review)],
                at_staff=_is_staff_step(review.task),
                found=found,
                translator=review.translator,
            ),
            _may(user, review, authors[_key(review)], found, public),
        )
        for review in reviews
    }


def in_view_of(user: Any, reviews: Iterable[Review]) -> set[int]:
    """Keys of the reviews of which somebody may know: of their chapters, and of what these translate while readers
    have it.
    """
    reviews, seen = list(reviews), rights.chapters_where(user, rights.VIEW)
    public = _public_of_translated(reviews)
    return {
        review.pk
        for review in reviews
        if review.chapter_id in seen or (review.translator_id in seen and review.ref in public)
    }


def _public_of_translated(reviews: Iterable[Review]) -> set[str]:
    return rights.public_of(review.ref for review in reviews if review.translator_id)


def what_was_read_before(row: Any, review: Review) -> Revision | None:
    """What a reviewer compares with: the words that were decided about last in this review, else the live ones."""
    earlier = Review.objects.filter(workflow_state=review.workflow_state).exclude(pk=review.pk)
    last = earlier.exclude(status=TaskState.STATUS_SKIPPED).order_by("-pk").select_related("revision").first()
    if last is not None:
        return last.revision
    live: Revision | None = row.live_revision if row.live else None
    return live


def _decide(row: Any, action: str, *, user: Any, reviewed: str, comment: str) -> None:
    with transaction.atomic():
        review = _locked_review(row, user)
        latest = row.get_latest_revision()
        if fingerprint(latest) != reviewed:
            raise Refused(_("It was changed after you had opened it. Read it as it is now, then decide."))
        review.revision, review.fingerprint = latest, reviewed
        if action == "reject":
            review.reject(user=user, comment=comment)
            return
        for stop in stops_of(row.get_ref()):
            raise Refused(why_not(stop))
        with approved(latest):
            review.approve(user=user, comment=comment)


def _locked_review(row: Any, user: Any) -> Review:
    """The review, locked and read again: of two people who decide at once the second finds it decided."""
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    row.latest_revision = current.latest_revision
    review = Review.objects.filter(pk=getattr(review_of(current), "pk", None)).select_for_update(of=("self",)).first()
    if review is None or review.status != TaskState.STATUS_IN_PROGRESS:
        raise Refused(_who_was_quicker(row))
    if user.pk in authors_of(row):
        raise Refused(_("You wrote part of it yourself: somebody else approves it."))
    if not may_review(user, row):
        raise Refused(_("It waits for %(holder)s.") % {"holder": holder_of(row, review)})
    return review


DECIDED = {
    TaskState.STATUS_APPROVED: gettext_lazy("Somebody was quicker: %(who)s has approved it."),
    TaskState.STATUS_REJECTED: gettext_lazy("Somebody was quicker: %(who)s has returned it."),
}


def _who_was_quicker(row: Any) -> str:
    last = Review.objects.filter(ref=row.get_ref(), finished_by__isnull=False).order_by("-finished_at").first()
    if last is None or last.status not in DECIDED:
        return _("It is not in review any more.")
    return str(DECIDED[last.status]) % {"who": last.finished_by}


def _staff_still_to_ask(row: Any, workflow_state: WorkflowState, revision: Revision) -> bool:
    if not staff_is_asked(row):
        return False
    before = Review.objects.filter(workflow_state=workflow_state, revision=revision, status=TaskState.STATUS_APPROVED)
    return not any(rights.is_staff(review.finished_by) for review in before.select_related("finished_by"))


class _Assignments:
    """Roles in force of those who approve; read once, however many reviews are asked about."""

    def __init__(self, user: Any = None) -> None:
        roles = (*MODERATORS, Role.STAFF)
        found = RoleAssignment.objects.in_force().filter(role__in=roles, user__is_active=True)
        self.all = list(found.select_related("user", "chapter"))
        self.chapters = {one.code: one for one in rights.all_chapters(user) or Chapter.objects.all()}

    def moderators(self, chapter: Chapter, but: set[int]) -> tuple[Any, ...]:
        """Those who moderate a chapter, given there or reaching down to it."""
        those = [one.user for one in self.all if one.role in MODERATORS and one.reaches(chapter)]
        return tuple({user.pk: user for user in those if user.pk not in but}.values())

    def staff(self, but: set[int]) -> tuple[Any, ...]:
        """Federation staff."""
        return tuple(one.user for one in self.all if one.role == Role.STAFF and one.user_id not in but)


def _holder(
    chapter: Chapter | None,
    authors: set[int],
    *,
    at_staff: bool,
    found: _Assignments,
    translator: Chapter | None = None,
) -> Holder:
    if chapter is not None and not at_staff:
        if translator is not None and translator.is_active and chapter.others_approve_translations:
            people = found.moderators(translator, authors)
            if people:
                return Holder(people, translator, own=True)
        for code in chapter.codes_upwards():
            people = found.moderators(found.chapters[code], authors)
            if people and found.chapters[code].is_active:
                return Holder(people, found.chapters[code], own=code == chapter.code)
    return Holder(found.staff(authors))


def _is_of_translators(holder: Holder, review: Review) -> bool:
    return holder.chapter is not None and holder.chapter.pk == review.translator_id


def _may(user: Any, review: Review, authors: set[int], found: _Assignments, public: set[str]) -> bool:
    chapter = review.chapter
    if chapter is None or not chapter.is_active or user.pk in authors:
        return False
    if rights.is_staff(user):
        return True
    if _is_staff_step(review.task):
        return False
    if rights.may(user, rights.APPROVE, chapter):
        return True
    holder = _holder(chapter, authors, at_staff=False, found=found, translator=review.translator)
    if user.pk not in {person.pk for person in holder.people}:
        return False
    return not _is_of_translators(holder, review) or review.ref in public


def _is_staff_step(task: Any) -> bool:
    """By its content type, which is kept: `task.specific` would be a query for each review."""
    return bool(task.content_type_id == ContentType.objects.get_for_model(StaffApproval).pk)


def _key(review: Review) -> tuple[int, str]:
    return review.workflow_state.base_content_type_id, review.workflow_state.object_id


def _authors_of_all(reviews: Iterable[Review]) -> dict[tuple[int, str], set[int]]:
    """As `authors_of`, for many at once."""
    authors: dict[tuple[int, str], set[int]] = defaultdict(set)
    by_type: dict[int, dict[str, Review]] = defaultdict(dict)
    for review in reviews:
        by_type[review.workflow_state.base_content_type_id][review.workflow_state.object_id] = review
        if review.workflow_state.requested_by_id:
            authors[_key(review)].add(review.workflow_state.requested_by_id)
    live = _live_revisions(by_type)
    written = Q(pk__in=())
    for content_type, those in by_type.items():
        written |= Q(base_content_type=content_type, object_id__in=list(those))
    revisions = Revision.objects.filter(written).exclude(user=None) if by_type else Revision.objects.none()
    for pk, *key, user in revisions.values_list("pk", "base_content_type", "object_id", "user_id"):
        if pk > live.get((key[0], key[1]), 0):
            authors[key[0], key[1]].add(user)
    return authors


def _live_revisions(keys: dict[int, dict[str, Review]]) -> dict[tuple[int, str], int]:
    """Of those of the rows that are public the key of the revision that is; one query for all types."""
    found = []
    for content_type, those in keys.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        rows = model._default_manager.filter(pk__in=those, live=True).order_by()
        found.append(
            rows.annotate(base=Value(content_type, IntegerField())).values_list("base", "pk", "live_revision_id")
        )
    if not found:
        return {}
    return {(base, str(pk)): revision or 0 for base, pk, revision in found[0].union(*found[1:], all=True)}


def _specific(item: Any) -> Any:
    return getattr(item, "specific", item)
