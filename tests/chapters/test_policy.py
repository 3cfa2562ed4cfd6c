"""What a chapter's policy says: what editors publish at once, and when federation staff approve too."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from chapters.models import Chapter

pytestmark = pytest.mark.django_db
TYPES = ("article", "event", "page", "statement", "case", "chapter")


def free(chapter: Chapter) -> list[str]:
    return [name for name in TYPES if chapter.editors_publish(name)]


def test_editors_publish_news_events_and_free_pages_and_statements_if_staff_say_so(federation: Any) -> None:
    tunisia = federation["tn"]
    assert free(tunisia) == ["article", "event", "page"]
    tunisia.free_types = ["article", "statement"]
    tunisia.full_clean(exclude=["path"])
    assert free(tunisia) == ["article", "statement"]


def test_editors_never_publish_a_case_at_once(federation: Any) -> None:
    tunisia = federation["tn"]
    tunisia.free_types = ["article", "case"]
    with pytest.raises(ValidationError) as error:
        tunisia.full_clean(exclude=["path"])
    assert error.value.message_dict == {
        "free_types": ["“case” always needs a moderator. Editors may publish at once: article, event, page, statement."]
    }
    assert free(tunisia) == ["article"]


@pytest.mark.parametrize(
    ("approval", "needing"),
    [
        ("never", []),
        ("sensitive", [("case", "case"), ("statement", "urgent-intervention")]),
        ("always", [("case", "case"), ("statement", "urgent-intervention"), ("statement", "report")]),
    ],
)
def test_staff_approve_what_the_policy_says(federation: Any, approval: str, needing: list[tuple[str, str]]) -> None:
    things = [("case", "case"), ("statement", "urgent-intervention"), ("statement", "report")]
    chapter = Chapter(staff_approval=approval)
    assert [pair for pair in things if chapter.needs_staff(type_name=pair[0], kind=pair[1])] == needing


@override_settings(FEDERATION={"SENSITIVE_KINDS": ["report"]})
def test_the_federation_says_which_kinds_are_sensitive() -> None:
    chapter = Chapter(staff_approval="sensitive")
    assert chapter.needs_staff(type_name="statement", kind="report")
    assert not chapter.needs_staff(type_name="case", kind="case")


@pytest.mark.parametrize("days", [0, 91])
def test_review_is_promised_within_a_day_to_ninety(federation: Any, days: int) -> None:
    federation["tn"].review_days = days
    with pytest.raises(ValidationError) as error:
        federation["tn"].full_clean(exclude=["path"])
    assert list(error.value.message_dict) == ["review_days"]
