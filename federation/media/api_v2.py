"""Wagtail's v2 endpoints for pictures and documents, narrowed to what lies in a public collection."""

from typing import Any

from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from .collections import closed_collections


def in_public_collections(queryset: Any) -> Any:
    """The same for everybody, logged in or not, and without the root, which nobody has chosen."""
    return queryset.exclude(collection__in=closed_collections())


class PublicImagesAPIViewSet(ImagesAPIViewSet):
    """Pictures of public collections."""

    def get_queryset(self) -> Any:
        """See `in_public_collections`."""
        return in_public_collections(super().get_queryset())


class PublicDocumentsAPIViewSet(DocumentsAPIViewSet):
    """Documents of public collections."""

    def get_queryset(self) -> Any:
        """See `in_public_collections`."""
        return in_public_collections(super().get_queryset())
