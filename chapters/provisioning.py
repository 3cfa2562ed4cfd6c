"""What hangs on a chapter beside its pages, derived from its role assignments and its policy.

Collection, groups and grants. Idempotent: what is missing is made, what should not be is taken away. "And below" is
granted chapter by chapter, so that a chapter's groups say all there is to say about it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    WorkflowPage,
)

from federation.media.collections import private_collection, public_collection

from .models import FEDERATION_ROLES, Chapter, ChapterPage, Role, RoleAssignment
from .models.sections import SectionPage, TextPage

# Role -> what its group is called after the chapter's code.
PLURALS = {
    Role.EDITOR: "editors",
    Role.MODERATOR: "moderators",
    Role.TRANSLATOR: "translators",
    Role.CASE_OFFICER: "case officers",
    Role.STAFF: "staff",
    Role.AUDITOR: "auditors",
}
WRITERS = ("add_page", "change_page")
MODERATORS = (*WRITERS, "publish_page", "lock_page", "unlock_page")
# Role -> what its group may do with the chapter's pages; staff with all pages.
PAGE_GRANTS: dict[str, tuple[str, ...]] = {
    Role.EDITOR: WRITERS,
    Role.MODERATOR: MODERATORS,
    Role.TRANSLATOR: ("change_page",),
    Role.CASE_OFFICER: MODERATORS,
    Role.STAFF: (*MODERATORS, "bulk_delete_page"),
    Role.AUDITOR: (),
}
# Alone it lets people look and do nothing (Wagtail 8.0.1): for a chapter that stands still.
LOOKING = ("bulk_delete_page",)
# Role -> what its group may do with the files of the chapter's collection.
FILE_GRANTS: dict[str, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change", "choose"),
    Role.MODERATOR: ("add", "change", "choose"),
    Role.TRANSLATOR: ("choose",),
    Role.CASE_OFFICER: ("add", "change", "choose"),
    Role.STAFF: ("add", "change", "choose"),
    Role.AUDITOR: (),
}
# Wagtail 8.0.1 asks for the permissions of its own two models, whatever the project's are called.
FILE_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))
# Role -> what its group may do with snippets behind the fence, as far as Django's model permissions go: Wagtail and
# wagtail-localize ask them beside the policy. Which rows, the policy says.
SNIPPET_GRANTS: dict[str, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change"),
    Role.MODERATOR: ("add", "change", "delete", "publish"),
    Role.TRANSLATOR: ("change",),
    Role.CASE_OFFICER: ("add", "change", "delete", "publish"),
    Role.STAFF: ("add", "change", "delete", "publish"),
    Role.AUDITOR: (),
}
# What staff look after for all: vocabularies and collections.
STAFF_MODELS = ("vocabulary.theme", "vocabulary.kind", "vocabulary.region", "wagtailcore.collection")

Grant = tuple[int, int]
Keys = dict[tuple[str, str], int]


@dataclass
class Wanted:
    """What a group should have: people, and keys of permissions, of (page, permission), of (collection, permission)."""

    people: set[int] = field(default_factory=set)
    permissions: set[int] = field(default_factory=set)
    pages: set[Grant] = field(default_factory=set)
    files: set[Grant] = field(default_factory=set)


@dataclass(frozen=True)
class Difference:
    """Something that is not as it should be, and what puts it right."""

    says: str
    repair: Callable[[], Any]


def group_name(chapter: Chapter, role: str, locale: str = "") -> str:
    """Name of the group of a role in a chapter; a role that is limited to languages has one for each."""
    name = f"{chapter.code}: {PLURALS[Role(role)]}"
    return f"{name} ({locale})" if locale else name


def group_names(chapter: Chapter) -> list[str]:
    """Names of the groups that every chapter has, whoever works there."""
    return [group_name(chapter, role) for role in (Role.EDITOR, Role.MODERATOR)]


def group_of(chapter: Chapter, role: str, locale: str = "") -> Group:
    """The Django group of a role in a chapter; made when it does not exist."""
    return Group.objects.get_or_create(name=group_name(chapter, role, locale))[0]


def provision(chapter: Chapter) -> int:
    """Put everything right that is derived for a chapter; how much was not."""
    with transaction.atomic():
        made = _ensure_collection(chapter)
        found = list(differences(chapter))
        for difference in found:
            difference.repair()
    return made + len(found)


def drift(chapter: Chapter) -> list[str]:
    """What is not as it should be, a line each; nothing is changed."""
    lacks = [] if chapter.collection_id else [f"{chapter.code}: no collection"]
    return lacks + [difference.says for difference in differences(chapter)]


def differences(chapter: Chapter) -> Iterator[Difference]:
    """What is missing and what is too much."""
    yield from _group_differences(chapter)
    yield from _restriction_differences(chapter)
    yield from _workflow_differences(chapter)


def _ensure_collection(chapter: Chapter) -> int:
    if chapter.collection_id:
        return 0
    chapter.collection = private_collection(chapter.code)
    Chapter.objects.filter(pk=chapter.pk).update(collection=chapter.collection)
    return 1


def wanted_groups(chapter: Chapter) -> dict[str, Wanted]:
    """Name of each group of a chapter, and what it should have."""
    keys = _permission_keys()
    wanted = {group_name(chapter, role): _grants(chapter, role, "", keys) for role in (Role.EDITOR, Role.MODERATOR)}
    for assignment in RoleAssignment.objects.in_force().reaching(chapter).filter(user__is_active=True):
        if assignment.role in FEDERATION_ROLES and assignment.chapter_id != chapter.pk:
            continue  # theirs is one group, at the federation
        for locale in assignment.locales or [""]:
            name = group_name(chapter, assignment.role, locale)
            if name not in wanted:
                wanted[name] = _grants(chapter, assignment.role, locale, keys)
            wanted[name].people.add(assignment.user_id)
    return wanted


def _permission_keys() -> Keys:
    return {
        (app, codename): pk
        for app, codename, pk in Permission.objects.values_list("content_type__app_label", "codename", "pk")
    }


def _grants(chapter: Chapter, role: str, locale: str, keys: Keys) -> Wanted:
    return Wanted(
        permissions={keys[name] for name in _model_permissions(role) if name in keys},
        pages={(page, keys["wagtailcore", codename]) for page, codename in _page_grants(chapter, role, locale)},
        files={(folder, keys[name]) for folder, name in _file_grants(chapter, role) if name in keys},
    )


def _model_permissions(role: str) -> Iterator[tuple[str, str]]:
    from .fence.actions import fenced_models

    yield "wagtailadmin", "access_admin"
    if SNIPPET_GRANTS[role]:
        yield "wagtail_localize", "submit_translation"
    for model in fenced_models():
        yield from ((model._meta.app_label, f"{action}_{model._meta.model_name}") for action in SNIPPET_GRANTS[role])
    for label in STAFF_MODELS if role == Role.STAFF else ():
        app, _, model_name = label.partition(".")
        yield from ((app, f"{action}_{model_name}") for action in ("add", "change", "delete"))


def _page_grants(chapter: Chapter, role: str, locale: str) -> Iterator[tuple[int, str]]:
    if role == Role.STAFF:
        root = Page.get_first_root_node()
        yield from ((root.pk, codename) for codename in PAGE_GRANTS[role] if root is not None)
        return
    codenames = PAGE_GRANTS[role] if chapter.is_active else LOOKING * bool(PAGE_GRANTS[role])
    fronts = chapter.pages.filter(locale__language_code=locale) if locale else chapter.pages.all()
    for front in fronts:
        yield from ((front.pk, codename) for codename in codenames)
        if role == Role.EDITOR and chapter.is_active:
            yield from ((section, "publish_page") for section in _freed_sections(chapter, front))


def _freed_sections(chapter: Chapter, front: ChapterPage) -> Iterator[int]:
    """Keys of the pages below a front on which editors publish by themselves."""
    for section in front.get_children().specific():
        if isinstance(section, SectionPage):
            what = section.lists
        elif isinstance(section, TextPage):
            what = section.register_type
        else:
            continue
        if chapter.editors_publish(what):
            yield section.pk


def _file_grants(chapter: Chapter, role: str) -> Iterator[tuple[int, tuple[str, str]]]:
    if not FILE_GRANTS[role]:
        return
    own = Collection.get_first_root_node() if role == Role.STAFF else chapter.collection
    allowed = FILE_GRANTS[role] if chapter.is_active or role == Role.STAFF else ("choose",)
    granted = [(own, allowed)] if own is not None else []
    for collection, actions in [*granted, (public_collection(), ("choose",))]:
        for app, model in FILE_MODELS:
            yield from ((collection.pk, (app, f"{action}_{model}")) for action in actions)


def _group_differences(chapter: Chapter) -> Iterator[Difference]:
    wanted = wanted_groups(chapter)
    stored = {group.name: group for group in _stored_groups(chapter)}
    for name, should in wanted.items():
        if name not in stored:
            yield Difference(f"{name}: no such group", partial(_make_group, name, should))
            continue
        yield from _compare(stored[name], should, _state_of(stored[name]))
    for name in sorted(set(stored) - set(wanted)):
        yield Difference(f"{name}: a group that nothing asks for", stored[name].delete)


def _stored_groups(chapter: Chapter) -> Iterator[Group]:
    """Those of a role: a group of another name is somebody's own affair."""
    ours = re.compile(rf"{re.escape(chapter.code)}: ({'|'.join(PLURALS.values())})( \([a-z-]+\))?")
    found = Group.objects.filter(name__startswith=f"{chapter.code}: ")
    yield from (group for group in found if ours.fullmatch(group.name))


def _make_group(name: str, should: Wanted) -> None:
    group = Group.objects.get_or_create(name=name)[0]
    for difference in _compare(group, should, _state_of(group)):
        difference.repair()


def _state_of(group: Group) -> Wanted:
    return Wanted(
        people=set(group.user_set.values_list("pk", flat=True)),
        permissions=set(group.permissions.values_list("pk", flat=True)),
        pages=set(group.page_permissions.values_list("page", "permission")),  # type: ignore[attr-defined]
        files=set(group.collection_permissions.values_list("collection", "permission")),  # type: ignore[attr-defined]
    )


def _compare(group: Group, should: Wanted, has: Wanted) -> Iterator[Difference]:
    parts: tuple[tuple[str, set, set, Callable, Callable], ...] = (
        ("a member", should.people, has.people, group.user_set.add, group.user_set.remove),
        ("a permission", should.permissions, has.permissions, group.permissions.add, group.permissions.remove),
        ("a grant on a page", should.pages, has.pages, partial(_grant_page, group), partial(_revoke_page, group)),
        ("a grant on files", should.files, has.files, partial(_grant_file, group), partial(_revoke_file, group)),
    )
    for what, wanted, stored, give, take in parts:
        for key in sorted(wanted - stored):
            yield Difference(f"{group.name}: {what} is missing ({key})", partial(give, key))
        for key in sorted(stored - wanted):
            yield Difference(f"{group.name}: {what} too much ({key})", partial(take, key))


def _grant_page(group: Group, grant: Grant) -> None:
    GroupPagePermission.objects.create(group=group, page_id=grant[0], permission_id=grant[1])


def _revoke_page(group: Group, grant: Grant) -> None:
    GroupPagePermission.objects.filter(group=group, page_id=grant[0], permission_id=grant[1]).delete()


def _grant_file(group: Group, grant: Grant) -> None:
    GroupCollectionPermission.objects.create(group=group, collection_id=grant[0], permission_id=grant[1])


def _revoke_file(group: Group, grant: Grant) -> None:
    GroupCollectionPermission.objects.filter(group=group, collection_id=grant[0], permission_id=grant[1]).delete()


def _restriction_differences(chapter: Chapter) -> Iterator[Difference]:
    """A chapter that is restricted in one language is so in all: a translation of its front begins without."""
    fronts = list(chapter.pages.all())
    restrictions = list(PageViewRestriction.objects.filter(page__in=fronts).prefetch_related("groups"))
    restricted = {restriction.page_id for restriction in restrictions}
    for front in fronts if restrictions else ():
        if front.pk not in restricted:
            says = f"{chapter.code}: its front in {front.locale.language_code} lacks the view restriction of the others"
            yield Difference(says, partial(_restrict, front, restrictions[0]))


def _restrict(front: Page, like: PageViewRestriction) -> None:
    copy = PageViewRestriction.objects.create(
        page=front, restriction_type=like.restriction_type, password=like.password
    )
    copy.groups.set(like.groups.all())


def _workflow_differences(chapter: Chapter) -> Iterator[Difference]:
    """A workflow that was given to a chapter's front in one language holds in all."""
    fronts = list(chapter.pages.all())
    assigned = dict(WorkflowPage.objects.filter(page__in=fronts).values_list("page", "workflow"))
    for front in fronts if assigned else ():
        if front.pk not in assigned:
            says = f"{chapter.code}: its front in {front.locale.language_code} lacks the workflow of the others"
            workflow = next(iter(assigned.values()))
            yield Difference(says, partial(WorkflowPage.objects.create, page=front, workflow_id=workflow))
