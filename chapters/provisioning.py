"""What hangs on a chapter beside its pages: groups, collection and grants. Idempotent: it repairs what is missing."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from federation.media.collections import private_collection

from .models import Chapter

# Role -> what its group may do with the chapter's pages (Wagtail's names).
PAGE_GRANTS = {
    "editors": ("add_page", "change_page"),
    "moderators": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
FILE_GRANTS = ("add", "change", "choose")


def group_of(chapter: Chapter, role: str) -> Group:
    """The Django group of a role in a chapter; made when it does not exist."""
    return Group.objects.get_or_create(name=f"{chapter.code}: {role}")[0]


def provision(chapter: Chapter) -> int:
    """Give a chapter its collection, groups and grants; how many of them were missing."""
    made = _ensure_collection(chapter)
    for role, codenames in PAGE_GRANTS.items():
        group = group_of(chapter, role)
        made += _grant_admin(group)
        made += sum(_grant_pages(group, page, codenames) for page in chapter.pages.all())
        made += _grant_files(group, chapter.collection)
    return made


def _ensure_collection(chapter: Chapter) -> int:
    if chapter.collection_id:
        return 0
    chapter.collection = private_collection(chapter.code)
    Chapter.objects.filter(pk=chapter.pk).update(collection=chapter.collection)
    return 1


def _grant_admin(group: Group) -> int:
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    if group.permissions.filter(pk=access.pk).exists():
        return 0
    group.permissions.add(access)
    return 1


def _grant_pages(group: Group, page: Any, codenames: tuple[str, ...]) -> int:
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    return sum(
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)[1]
        for permission in permissions
    )


def _grant_files(group: Group, collection: Collection | None) -> int:
    made = 0
    for model in (get_image_model(), get_document_model()):
        codenames = [f"{action}_{model._meta.model_name}" for action in FILE_GRANTS]
        # Wagtail 8.0.1 looks for "choose_image" and "choose_document" whatever the model is called.
        codenames += ["choose_image", "choose_document"]
        permissions = Permission.objects.filter(content_type__app_label=model._meta.app_label, codename__in=codenames)
        for permission in permissions:
            made += GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )[1]
    return made
