"""What a form may refer to: a picture, document, page or item by its key, typed into a request, is asked for too.

Wagtail 8.0.1's choosers take any key. Stored, a foreign one would show its title in the form, its bytes in the preview,
and publishing would make its file public.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from .pages import may_choose_page
from .policy import ChapterOwnedPolicy


def references_of(item: Any) -> set[tuple[int, str]]:
    """What an item refers to: (content type, key)."""
    return {(kind, str(key)) for kind, key, *_ in ReferenceIndex._extract_references_from_object(item)}


def refuse_foreign_references(user: Any, item: Any, *, before: set[tuple[int, str]]) -> None:
    """PermissionDenied when an item refers to what its writer may not choose, unless it did so before."""
    for kind, key in sorted(references_of(item) - before):
        target = ContentType.objects.get_for_id(kind).model_class()
        if target is not None and not may_refer_to(user, target, key):
            raise PermissionDenied(_("This names something that is not yours to choose."))


def may_refer_to(user: Any, model: Any, key: str) -> bool:
    """Whether a user may choose this thing. What does not exist is refused like what is not theirs."""
    if issubclass(model, Page):
        page = Page.objects.filter(pk=key).first()
        return page is not None and may_choose_page(user, page)
    policy = policy_registry.get_by_type(model)
    if issubclass(model, (get_image_model(), get_document_model())):
        return bool(policy.instances_user_has_permission_for(user, "choose").filter(pk=key).exists())
    if isinstance(policy, ChapterOwnedPolicy):
        return bool(policy.choosable(user).filter(pk=key).exists())
    return True


def stored_references(item: Any) -> set[tuple[int, str]]:
    """What the stored row and its latest draft refer to; nothing for something new."""
    return {reference for version in _versions(item) for reference in references_of(version)}


def _versions(item: Any) -> Iterator[Any]:
    row = type(item)._base_manager.filter(pk=item.pk).first() if item.pk else None
    if row is None:
        return
    yield row
    if getattr(row, "latest_revision", None) is not None:
        yield row.latest_revision.as_object()
