"""Contents page of the media: what cleans uploads, keeps them apart and serves them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Pictures and documents: cleaned before they are stored, reachable only once they are public."""

    name = "federation.media"
    label = "media"
    verbose_name = _("Media")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Clean every upload, whatever its model; keep new files out of the unrestricted root collection."""
        from . import api_v3, handlers

        handlers.connect()
        api_v3.list_what_is_ones_own()
