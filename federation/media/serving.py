"""Files are sent by a view that asks first whether they are public."""

import mimetypes
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from .collections import is_public

# Files that are shown in a page; all others are offered for saving.
SHOWN = {"image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf"}
_NOTHING_RUNS = "default-src 'none'; sandbox"
# Chromium shows no PDF in a sandbox, and shows it by a plugin.
_PDF_VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

_gates: list[Callable[[str], bool]] = []


def register_gate(gate: Callable[[str], bool]) -> None:
    """Add someone who can say that the file of a storage name is public (the register does)."""
    if gate not in _gates:
        _gates.append(gate)


def is_public_file(name: str) -> bool:
    """Whether everybody may fetch it: something public shows it, or it lies in a public collection."""
    return "\0" not in name and (any(gate(name) for gate in _gates) or _is_in_public_collection(name))


def may_see_draft(request: HttpRequest, name: str) -> bool:
    """Whether somebody works here and has a right in the collection that the file lies in."""
    user: Any = getattr(request, "user", None)
    if not (user and user.is_authenticated and user.has_perm("wagtailadmin.access_admin")):
        return False
    found = _item_of(name)
    if found is None:
        return bool(user.is_superuser)
    policy = policy_registry.get_by_type(type(found))
    return bool(policy.user_has_any_permission_for_instance(user, ("add", "change", "delete", "choose"), found))


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the media storage: to everybody when it is public, else to people of the admin alone, else 404."""
    if "\0" in name:  # PostgreSQL takes none in a text
        raise Http404
    public = is_public_file(name)
    if not public and not may_see_draft(request, name):
        raise Http404
    try:
        file = default_storage.open(name)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=kind, as_attachment=kind not in SHOWN, filename=PurePath(name).name)
    response["Cache-Control"] = "public, max-age=300" if public else "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _PDF_VIEWER if kind == "application/pdf" else _NOTHING_RUNS
    if not public:
        return response
    response["Access-Control-Allow-Origin"] = "*"
    # What lies under a random name never changes.
    response["ETag"] = f'"{PurePath(name).name}"'
    return get_conditional_response(request, response["ETag"], response=response) or response  # type: ignore[arg-type]


def _item_of(name: str) -> Any:
    """The picture or document that has a file, or has a rendition with it."""
    picture = get_image_model()
    candidates = [
        picture.objects.filter(file=name),
        picture.objects.filter(pk__in=picture.get_rendition_model().objects.filter(file=name).values("image")),
        get_document_model().objects.filter(file=name),
    ]
    return next((item for query in candidates for item in query.select_related("collection")[:1]), None)


def _is_in_public_collection(name: str) -> bool:
    found = _item_of(name)
    return found is not None and is_public(found.collection)
