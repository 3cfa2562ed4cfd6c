"""Joining the register: what an app does in `ready()` for each of its types."""

from .api.routes import add_type
from .types import ContentType, declare


def join(content_type: ContentType) -> None:
    """Declare a type and add its list and detail to the API. Before anything touches `api.urls`."""
    declare(content_type)
    if content_type.routed:
        add_type(content_type)
