"""The permission policy of snippets that belong to a chapter."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from chapters import rights
from chapters.models import Chapter, RoleAssignment
from search.models import Entry

from .guests import is_guest

# What a row must be asked for before it may be looked at at all. Any of Wagtail's own actions includes it.
READING = frozenset({"add", "change", "delete", "view"})


class ChapterOwnedPolicy(BasePermissionPolicy):
    """Asks the roles of the user in the chapter that owns the row, as the database has it.

    Nobody ever has "view" on another chapter's row: Wagtail 8.0.1's v3 would hand out its drafts (`?version=draft`).
    What another chapter has published may be chosen, nothing more.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether there is any chapter in which the user may do this to such things."""
        what = self.model.register_type
        if rights.may_somewhere(user, action, what=what):
            return True
        return action == rights.CHANGE and rights.may_somewhere(user, rights.TRANSLATE)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        """People with a role by which they may, somewhere."""
        roles = [role for role, allowed in rights.ACTIONS.items() if allowed & set(actions)]
        return self._people(RoleAssignment.objects.in_force().filter(role__in=roles))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> QuerySet:
        """People with a role by which they may, in the chapter that owns it."""
        roles = [role for role, allowed in rights.ACTIONS.items() if allowed & set(actions)]
        owner = Chapter.objects.filter(pk=rights.standing_of(instance).owner or 0).first()
        those = RoleAssignment.objects.in_force().reaching(owner) if owner else RoleAssignment.objects.none()
        return self._people(those.filter(role__in=roles))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Whether the user may do this to this row."""
        return rights.may_on(user, action, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """Rows that the user may do one of these to. By columns of the row alone: Wagtail's search knows no others."""
        rows = self.model._default_manager
        if "view" in actions or set(actions) >= READING:
            return rows.filter(owner__in=rights.chapters_where(user, rights.VIEW))
        found = Q(pk__in=())
        for action in actions:
            found |= self._rows(user, action)
        return rows.filter(found)

    def choosable(self, user: Any) -> QuerySet:
        """Rows that the user may refer to: their own chapters', and what anybody has published."""
        public = Entry.objects.public().filter(type=self.model.register_type)
        own = Q(owner__in=rights.chapters_where(user, rights.CHOOSE))
        return self.model._default_manager.filter(own | Q(live=True, ref__in=public.values("ref")))

    def may_see(self, user: Any, row: Any) -> bool:
        """Whether a row, drafts and all, is shown to somebody: people of its chapter, and guests."""
        if rights.may_on(user, rights.VIEW, row):
            return True
        return is_guest(user, row)

    def _rows(self, user: Any, action: str) -> Q:
        """By chapter and language, for a role may be limited to some."""
        found = Q(pk__in=())
        for chapter in rights.all_chapters(user):
            for allowed, more in ((action, Q()), *self._as_translation(action)):
                if not rights.may(user, allowed, chapter, what=self.model.register_type):
                    continue
                locales = rights.locales_where(user, allowed, chapter)
                where = Q(owner=chapter) & more
                found |= where if locales is None else where & Q(locale__language_code__in=locales)
        return found

    def _as_translation(self, action: str) -> list[tuple[str, Q]]:
        return [(rights.TRANSLATE, Q(source__isnull=False))] if action == rights.CHANGE else []

    def _people(self, assignments: QuerySet) -> QuerySet:
        return get_user_model()._default_manager.filter(
            Q(pk__in=assignments.values("user")) | Q(is_superuser=True), is_active=True
        )


class RowPolicy:
    """The same policy, in a view of one row: what Wagtail 8.0.1 asks about the model is answered for the row.

    Its generic views ask `user_has_permission(user, "publish")` and then act with `skip_permission_checks=True`.
    """

    def __init__(self, policy: ChapterOwnedPolicy, row: Any) -> None:
        """`row` as it was read from the database."""
        self.policy, self.row = policy, row

    def __getattr__(self, name: str) -> Any:
        """Everything else is the policy's."""
        return getattr(self.policy, name)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """For the row."""
        return self.policy.user_has_permission_for_instance(user, action, self.row)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """For the row."""
        return any(self.user_has_permission(user, action) for action in actions)
