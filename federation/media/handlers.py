"""Every upload is cleaned, whichever way it comes: form, API or script; new files start out of public reach."""

from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models.signals import post_migrate, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import UploadedFile

from . import collections
from .cleaning import clean_document, clean_image
from .signals import files_changed


def connect() -> None:
    """Join the handlers to the project's own models of pictures and documents."""
    pictures, documents = get_image_model(), get_document_model()
    pre_save.connect(clean_picture, sender=pictures, dispatch_uid="media.clean_picture")
    pre_save.connect(clean_file, sender=documents, dispatch_uid="media.clean_file")
    pre_save.connect(clean_waiting_upload, sender=UploadedFile, dispatch_uid="media.clean_waiting_upload")
    for model in (pictures, documents):
        post_save.connect(tell_of_change, sender=model, dispatch_uid=f"media.tell_of_change.{model._meta.label}")
        pre_delete.connect(tell_of_change, sender=model, dispatch_uid=f"media.tell_of_end.{model._meta.label}")
    post_migrate.connect(make_collections, sender=apps.get_app_config("wagtailcore"), dispatch_uid="media.collections")
    post_migrate.connect(make_collections, sender=apps.get_app_config("media"), dispatch_uid="media.collections_own")


def clean_picture(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A picture about to be stored."""
    _store(instance, clean_image, raw)


def clean_file(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A document about to be stored."""
    _store(instance, clean_document, raw)


def clean_waiting_upload(sender: type, instance: UploadedFile, raw: bool = False, **kwargs: Any) -> None:
    """A file that waits for words: Wagtail 8.0.1 stores it, as it came, when a host's picture needs more fields."""
    if not raw and _is_new(instance.file):
        model = instance.for_content_type.model_class() if instance.for_content_type else None
        clean = clean_image if model is get_image_model() else clean_document
        instance.file = mark_clean(clean(instance.file.file))  # type: ignore[assignment]


def mark_clean(file: ContentFile) -> ContentFile:
    """Remember that this content has been cleaned: a JPEG would lose by being written anew twice."""
    file.is_clean = True  # type: ignore[attr-defined]
    return file


def tell_of_change(sender: type, instance: Any, raw: bool = False, created: bool = False, **kwargs: Any) -> None:
    """Those who show the file may have to show something else. The names are those it had before."""
    names = getattr(instance, "_names_before", None) or _names(instance)
    instance._names_before = None
    if not raw and not created:
        files_changed.send(sender=sender, names=names)


def make_collections(**kwargs: Any) -> None:
    """After each migration, so that no deployment is without the two collections."""
    from wagtail.models import Collection

    if Collection.objects.filter(depth=1).exists():
        collections.public_collection()
        collections.unsorted_collection()


def _store(instance: Any, clean: Any, raw: bool) -> None:
    _keep_out_of_root(instance)
    if raw:
        return
    if instance.pk:
        instance._names_before = _names(instance)
    if _is_new(instance.file):
        instance.file = mark_clean(clean(instance.file.file))
        instance.file_size = instance.file.size
        instance.file_hash = ""


def _names(instance: Any) -> tuple[str, ...]:
    """Storage names of a stored picture or document, its renditions' first, as the database has them."""
    stored = type(instance)._base_manager.filter(pk=instance.pk).values_list("file", flat=True)
    renditions = instance.renditions.values_list("file", flat=True) if hasattr(instance, "renditions") else ()
    return (*renditions, *stored)


def _is_new(file: Any) -> bool:
    return bool(file) and not file._committed and not getattr(file.file, "is_clean", False)


def _keep_out_of_root(instance: Any) -> None:
    """The root collection is unrestricted: what nobody has sorted is not for everybody."""
    from wagtail.models import Collection

    root = Collection.get_first_root_node()
    if root is not None and instance.collection_id in (None, root.pk):
        instance.collection = collections.unsorted_collection()
