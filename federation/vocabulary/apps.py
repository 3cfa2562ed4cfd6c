"""Contents page of the vocabulary."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VocabularyConfig(AppConfig):
    """Countries, regions, themes, kinds and languages: codes with labels in every language."""

    name = "federation.vocabulary"
    label = "vocabulary"
    verbose_name = _("Vocabulary")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Saved labels are told to whoever carries them."""
        from . import handlers

        handlers.connect()
