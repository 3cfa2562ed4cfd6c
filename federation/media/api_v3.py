"""Wagtail's v3 endpoints for pictures and documents: what is public; with a token, also what is one's own."""

import sys
from functools import wraps
from typing import Any

from wagtail.api.v3 import permissions

from .collections import closed_collections

# Wagtail 8.0.1 imports the function by name into these.
ROUTERS = ("wagtail.images.api.v3.router", "wagtail.documents.api.v3.router")


def list_what_is_ones_own() -> None:
    """Wagtail lists the root, which is nobody's choice, and to all who are logged in what is restricted to them."""
    restricted = permissions.get_restricted_collection_ids
    if hasattr(restricted, "asks_for_rights"):
        return

    @wraps(restricted)
    def closed(request: Any) -> set[int]:
        return closed_collections(request.user)

    closed.asks_for_rights = True  # type: ignore[attr-defined]
    permissions.get_restricted_collection_ids = closed
    for name in ROUTERS:
        if name in sys.modules:
            sys.modules[name].get_restricted_collection_ids = closed  # type: ignore[attr-defined]
