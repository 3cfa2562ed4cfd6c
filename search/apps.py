"""Contents page of the register: what joins it, what it listens to, what it offers."""

from django.apps import AppConfig
from django.core.checks import register as register_check
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The register of everything public, and the reading of it."""

    name = "search"
    verbose_name = _("Register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the handlers, the gate of public files, the routes and the option check."""
        from federation.media.serving import register_gate
        from federation.options import check_options
        from search import handlers
        from search.api import openapi, routes
        from search.chores import do_each_minute
        from search.files import is_public_file
        from search.textindex.tidying import tidy_after_withdrawals

        register_check(check_options)
        handlers.connect()
        register_gate(is_public_file)
        do_each_minute(tidy_after_withdrawals)
        routes.add_common()
        openapi.mend()
