"""Wagtail's v3 endpoints for pictures and documents, narrowed for anonymous readers to public collections."""

import sys
from functools import wraps
from typing import Any

from wagtail.api.v3 import permissions
from wagtail.models import Collection

# Wagtail 8.0.1 imports the function by name into these.
ROUTERS = ("wagtail.images.api.v3.router", "wagtail.documents.api.v3.router")


def leave_out_the_root() -> None:
    """The root collection is nobody's choice, so what lies in it is not listed; Wagtail lists it."""
    restricted = permissions.get_restricted_collection_ids
    if hasattr(restricted, "leaves_out_the_root"):
        return

    @wraps(restricted)
    def with_root(request: Any) -> set[int]:
        root = Collection.get_first_root_node()
        return restricted(request) | ({root.pk} if root is not None else set())

    with_root.leaves_out_the_root = True  # type: ignore[attr-defined]
    permissions.get_restricted_collection_ids = with_root
    for name in ROUTERS:
        if name in sys.modules:
            sys.modules[name].get_restricted_collection_ids = with_root  # type: ignore[attr-defined]
