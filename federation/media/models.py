"""Pictures and documents as the federation keeps them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from .fields import PictureField


class Picture(AbstractImage):
    """A picture. Its words stand where it is used, in the language of that place; here stands who made it."""

    file = PictureField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made the picture, as to be shown.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]


class PictureRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_of_a_picture"
            )
        ]


def languages() -> Any:
    """The languages a document can be in, as choices; a function, so that no migration follows the setting."""
    return settings.WAGTAIL_CONTENT_LANGUAGES


class PublicFile(AbstractDocument):
    """A document that readers may download once something public shows it."""

    language = models.CharField(_("language"), max_length=16, blank=True, choices=languages)

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
