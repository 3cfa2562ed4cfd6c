"""What surrounds every request to the site."""

from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

from federation.options import option
from search import index
from search.detail import Missing, detail
from search.models import Address, Entry

from .plain_pages import MENDING, plain_page
from .views import withdrawn

GetResponse = Callable[[HttpRequest], HttpResponse]

# These have no language: LocaleMiddleware would turn their 404s into redirects to /en/... .
WITHOUT_LANGUAGE = ("/api/", "/media/", "/static/", "/admin/", "/documents/")

# What goes on during maintenance: the admin, and what its pages are made of.
WHILE_MENDING = ("/admin/", "/static/", "/media/", "/documents/")
MENDED_AFTER = 600

PUBLIC_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
# Wagtail 8.0.1's edit views emit inline scripts and styles; previews are framed.
ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; frame-ancestors 'self'; object-src 'none'"
)
# The interactive documentation of the API writes styles while it runs.
DOCS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
)


class SecurityHeadersMiddleware:
    """Says what a page may load: nothing of third parties, and of public pages no script but our own files."""

    def __init__(self, get_response: GetResponse) -> None:
        """Nothing to prepare."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the policy, unless the view has set a stricter one."""
        response = self.get_response(request)
        if getattr(request, "is_dummy", False):
            # A preview is made by a request within the admin's own, which says what may frame it (Wagtail 8.0.1).
            return response
        response.headers.setdefault("Content-Security-Policy", _policy(request.path_info))
        if request.path_info.startswith("/admin/"):
            # Under "no-referrer" browsers send "Origin: null" with a form, which Django's CSRF check refuses.
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


def _policy(path: str) -> str:
    if path.startswith("/admin/"):
        return ADMIN_POLICY
    return DOCS_POLICY if path.startswith("/api/") and path.endswith("/docs/") else PUBLIC_POLICY


class SiteLocaleMiddleware(LocaleMiddleware):
    """Django's, except where addresses have no language."""

    def process_request(self, request: HttpRequest) -> None:
        """Of these, only the admin follows the browser's language."""
        if not request.path_info.startswith(WITHOUT_LANGUAGE) or request.path_info.startswith("/admin/"):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """No redirect to a language either."""
        if request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)


class MaintenanceMiddleware:
    """While the file of the option MAINTENANCE_FILE is there readers are asked to come back; the admin goes on."""

    def __init__(self, get_response: GetResponse) -> None:
        """Nothing to prepare."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A 503 that says when to come back: so many seconds as the file says."""
        seconds = None if request.path_info.startswith(WHILE_MENDING) else seconds_of_maintenance()
        if seconds is None:
            return self.get_response(request)
        response = plain_page(request, MENDING, status=503)
        response["Retry-After"] = str(seconds)
        return response


def seconds_of_maintenance() -> int | None:
    """How long maintenance is thought to last; None when there is none."""
    path = option("MAINTENANCE_FILE")
    if not path:
        return None
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else MENDED_AFTER


class OneLookMiddleware:
    """A page of the site shows one state of the register, looked at once."""

    def __init__(self, get_response: GetResponse) -> None:
        """Nothing to prepare."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Only what readers ask for: an editor's request may change the register while it runs."""
        if request.method not in {"GET", "HEAD"} or request.path_info.startswith(WITHOUT_LANGUAGE):
            return self.get_response(request)
        with index.one_look():
            return self.get_response(request)


class AddressMiddleware:
    """What has moved redirects to where it is now; what has been withdrawn says so."""

    def __init__(self, get_response: GetResponse) -> None:
        """Nothing to prepare."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look a path up only when nothing else answers it."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        if request.path_info.startswith(WITHOUT_LANGUAGE) or "\0" in request.path_info:  # PostgreSQL takes none
            return response
        return answer_for_old_path(request) or response


def answer_for_old_path(request: HttpRequest) -> HttpResponse | None:
    """A redirect, a 410 page, or None when the path never was an address."""
    address = Address.objects.filter(path__in={request.path_info, request.path_info.rstrip("/")}).first()
    if address is None:
        return None
    entries = {entry.locale: entry for entry in Entry.objects.public().filter(ref=address.ref).only("path", "locale")}
    if entries:
        entry = entries.get(address.locale) or next(iter(entries.values()))
        return HttpResponsePermanentRedirect(entry.path) if entry.path != request.path_info else None
    return withdrawn(request) if detail(address.ref) is Missing.GONE else None
