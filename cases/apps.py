"""Contents page of cases and statements."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """What is said: cases and statements, shared snippets of the chapters."""

    name = "cases"
    verbose_name = _("Cases and statements")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put them behind the fence, let invited chapters in, declare the types, listen to what stands beside them."""
        from chapters.fence.actions import put_behind_the_fence
        from chapters.fence.guests import let_in
        from chapters.moderation.views import join_item_page
        from chapters.screens.things import join_lists
        from search.joining import join

        from . import (
            handlers,
            keys_panel,
            lists,
            offer_panel,
            sharing,
            sharing_panel,
            transfer_panel,
            transferring,
        )
        from .models import Case, Statement
        from .register import content_types

        for model in (Case, Statement):
            put_behind_the_fence(model)

        for content_type in content_types():
            join(content_type)
        handlers.connect()
        let_in(sharing.is_invited)
        let_in(transferring.is_asked)
        join_lists(**lists.lists())
        join_item_page(keys_panel.panel, keys_panel.BUTTONS)
        join_item_page(offer_panel.panel, offer_panel.BUTTONS)
        join_item_page(sharing_panel.panel, sharing_panel.BUTTONS)
        join_item_page(transfer_panel.panel, transfer_panel.BUTTONS)
