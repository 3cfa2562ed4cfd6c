"""Wagtail's v2 endpoints for pictures and documents, narrowed to what lies in a public collection."""

from typing import Any

from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Collection


def in_public_collections(queryset: Any) -> Any:
    """Without the root, which nobody has chosen: Wagtail's own views leave out restricted collections only."""
    return queryset.exclude(collection=Collection.get_first_root_node())


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
