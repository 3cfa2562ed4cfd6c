"""What is done to chapter-owned snippets, whoever calls it: admin views, bulk actions, the API.

Wagtail 8.0.1 asks about the model where it means the row: "add" and "publish" would be granted by any chapter.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.actions import (
    CopyForTranslationAction,
    CreateAction,
    CreatePermissionError,
    PublishRevisionAction,
    action_registry,
)
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.permissions import register_permission_policy

from chapters import rights

from .policy import ChapterOwnedPolicy

_fenced: list[Any] = []


def fenced_models() -> tuple[Any, ...]:
    """Every model behind the fence."""
    return tuple(_fenced)


class CreateItem(CreateAction):
    """Write something new for a chapter."""

    def _clean_instance(self) -> None:
        """Whose it is to be is known once the form was read."""
        super()._clean_instance()
        needed = (rights.ADD, rights.PUBLISH) if self.publish else (rights.ADD,)
        if self.user and not all(rights.may_on(self.user, action, self.instance) for action in needed):
            raise CreatePermissionError(_("You cannot do this for this chapter."))


class PublishItem(PublishRevisionAction):
    """Publish a draft of a chapter."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """The chapter that owns the row today."""
        if self.user and not skip_permission_checks and not rights.may_on(self.user, rights.PUBLISH, self.object):
            raise PublishPermissionError(_("Publishing this takes a moderator of its chapter."))


class TranslateItem(CopyForTranslationAction):
    """Begin a translation, in the languages that somebody translates into (core asks for another app's permission)."""

    def user_has_permission(self) -> bool:
        """For the chapter, and the language it goes into."""
        standing = rights.standing_of(self.object)
        chapter = next((one for one in rights.all_chapters(self.user) if one.pk == standing.owner), None)
        return rights.may(self.user, rights.TRANSLATE, chapter, locale=self.locale.language_code)

    def execute(self, skip_permission_checks: bool = False) -> Any:
        """Once in each language."""
        self.check(skip_permission_checks=skip_permission_checks)
        if self.object.get_translations(inclusive=True).filter(locale=self.locale).exists():
            raise ValidationError(_("There is a version in this language already."))
        return super().execute(skip_permission_checks=skip_permission_checks)


def put_behind_the_fence(model: Any) -> None:
    """Give a chapter-owned snippet its policy and actions.

    Called from `ready()` of the app it lives in, which stands before `wagtail.snippets` in INSTALLED_APPS.
    """
    if model in _fenced:
        return
    _fenced.append(model)
    register_permission_policy(model, ChapterOwnedPolicy(model))
    for action in (CreateItem, PublishItem, TranslateItem):
        action_registry.register(model, action)
