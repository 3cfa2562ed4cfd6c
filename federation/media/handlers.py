"""Every upload is cleaned, whichever way it comes: form, API or script; new files start out of public reach."""

from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models.signals import post_migrate, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from . import collections
from .cleaning import clean_document, clean_image


def connect() -> None:
    """Join the handlers to the project's own models of pictures and documents."""
    pre_save.connect(clean_picture, sender=get_image_model(), dispatch_uid="media.clean_picture")
    pre_save.connect(clean_file, sender=get_document_model(), dispatch_uid="media.clean_file")
    post_migrate.connect(make_collections, sender=apps.get_app_config("wagtailcore"), dispatch_uid="media.collections")
    post_migrate.connect(make_collections, sender=apps.get_app_config("media"), dispatch_uid="media.collections_own")


def clean_picture(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A picture about to be stored."""
    _keep_out_of_root(instance)
    if not raw and _is_new(instance.file):
        instance.file = mark_clean(clean_image(instance.file.file))
        instance.file_size = instance.file.size
        instance.file_hash = ""


def clean_file(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A document about to be stored."""
    _keep_out_of_root(instance)
    if not raw and _is_new(instance.file):
        instance.file = mark_clean(clean_document(instance.file.file))
        instance.file_size = instance.file.size
        instance.file_hash = ""


def mark_clean(file: ContentFile) -> ContentFile:
    """Remember that this content has been cleaned: a JPEG would lose by being written anew twice."""
    file.is_clean = True  # type: ignore[attr-defined]
    return file


def make_collections(**kwargs: Any) -> None:
    """After each migration, so that no deployment is without the two collections."""
    from wagtail.models import Collection

    if Collection.objects.filter(depth=1).exists():
        collections.public_collection()
        collections.unsorted_collection()


def _is_new(file: Any) -> bool:
    return bool(file) and not file._committed and not getattr(file.file, "is_clean", False)


def _keep_out_of_root(instance: Any) -> None:
    """The root collection is unrestricted: what nobody has sorted is not for everybody."""
    from wagtail.models import Collection

    root = Collection.get_first_root_node()
    if root is not None and instance.collection_id in (None, root.pk):
        instance.collection = collections.unsorted_collection()
