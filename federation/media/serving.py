"""Files are sent by a view that asks first whether they are public."""

import mimetypes
from collections.abc import Callable

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .collections import is_public

# Files that are shown in a page; all others are offered for saving.
SHOWN = {"image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf"}

_gates: list[Callable[[str], bool]] = []


def register_gate(gate: Callable[[str], bool]) -> None:
    """Add someone who can say that the file of a storage name is public (the register does)."""
    if gate not in _gates:
        _gates.append(gate)


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the media storage: to everybody when it is public, else to people of the admin alone, else 404."""
    public = any(gate(name) for gate in _gates) or _is_in_public_collection(name)
    if not public and not _may_see_drafts(request):
        raise Http404
    try:
        file = default_storage.open(name)
    except (OSError, ValueError) as error:
        raise Http404 from error
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=kind, as_attachment=kind not in SHOWN)
    response["Cache-Control"] = "public, max-age=300" if public else "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Access-Control-Allow-Origin"] = "*" if public else "null"
    return response


def _may_see_drafts(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))


def _is_in_public_collection(name: str) -> bool:
    picture = get_image_model()
    candidates = [
        picture.objects.filter(file=name),
        picture.objects.filter(pk__in=picture.get_rendition_model().objects.filter(file=name).values("image")),
        get_document_model().objects.filter(file=name),
    ]
    found = next((item for query in candidates for item in query.select_related("collection")[:1]), None)
    return found is not None and is_public(found.collection)
