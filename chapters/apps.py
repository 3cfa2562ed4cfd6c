"""Contents page of the chapters."""

from django.apps import AppConfig
from django.core.checks import register as register_check
from django.utils.translation import gettext_lazy as _


class ChaptersConfig(AppConfig):
    """Who says it: the tree of chapters, their pages and sections."""

    name = "chapters"
    verbose_name = _("Chapters")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the types, listen to chapters and to reviews, check the declarations of words and facts."""
        from search.chores import do_each_minute
        from search.joining import join

        from . import chores, handlers
        from .fence.gate import check_addresses, check_gate
        from .fence.localize import guard_submitting
        from .fence.page_forms import put_pages_behind_the_fence
        from .fence.pages import guard_deleting, guard_translators
        from .moderation import handlers as moderation
        from .people import forget_old_invitations
        from .register import content_types
        from .words import check_words_and_facts

        for content_type in content_types():
            join(content_type)
        handlers.connect()
        moderation.connect()
        do_each_minute(chores.end_roles_that_are_over)
        do_each_minute(chores.repair_now_and_then)
        do_each_minute(forget_old_invitations)
        put_pages_behind_the_fence()
        guard_deleting()
        guard_translators()
        guard_submitting()
        register_check(check_words_and_facts)
        register_check(check_gate)
        register_check(check_addresses)
