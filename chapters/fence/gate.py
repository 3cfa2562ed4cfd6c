"""The gate: a middleware before those of the admin's addresses that ask about the model, or ask nobody (Wagtail 8.0.1,
wagtail-localize 1.14.5).

Whatever an address names by its key - page, picture, document, item, translation - is looked up here, and somebody who
may not see it gets the answer of a key that does not exist. What may be done to it the views go on to ask.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import activate
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, UploadedFile
from wagtail.permissions import policy_registry

from chapters import rights
from chapters.roles import end_what_has_run_out

from . import localize
from .actions import fenced_models
from .pages import may_choose_page, may_find_page, may_see_page
from .policy import ChapterOwnedPolicy

GATE = "chapters.fence.gate.GateMiddleware"
# Parameters in which people type words. Wagtail's search answers a lone quote and NUL with a 500.
WORDS = ("q", "search")
# Reports over all chapters.
FOR_THE_FEDERATION = ("wagtailadmin_reports:", "wagtailadmin_pages:type_use", "wagtail_localize:translations_report")
# Of these one that shows auditors the titles of drafts. They read the audit trail, which does not (desk/trail.py).
UNFILTERED = ("wagtailadmin_reports:site_history",)
# Lists over all collections, which no screen of Wagtail 8.0.1 reads any more.
FOR_STAFF = ("wagtailadmin_api:images:", "wagtailadmin_api:documents:")
# Lists of things by keys in the query: name -> their model.
LISTS: dict[str, Callable[[], Any]] = {
    "wagtailimages_chooser:chosen_multiple": get_image_model,
    "wagtaildocs_chooser:chosen_multiple": get_document_model,
    "wagtailadmin_choose_page_chosen_multiple": lambda: Page,
}


class GateMiddleware:
    """Stands after Django's AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """URLs are looked up with the first request."""
        self.get_response = get_response
        self._roots: tuple[str, ...] | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here: the view's name is known only in `process_view`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Roles that are over end before anybody asks who the user is; then the key is asked for."""
        admin, *others = self._find_roots()
        if not request.path_info.startswith((admin, *others)):
            return None
        if any("\0" in value for value in (*args, *kwargs.values()) if isinstance(value, str)):
            raise Http404  # nothing is called so; PostgreSQL fails to look for it
        end_what_has_run_out()
        clean_words(request)
        if request.path_info.startswith(admin):
            clean_forms(request)
        else:
            refuse_what_is_no_key(kwargs)
        if not request.path_info.startswith(admin) or not request.user.is_authenticated:
            return None
        speak_their_language(request.user)
        try:
            return pass_gate(request, kwargs)
        except PermissionDenied as refusal:
            return refuse(request, refusal)

    def _find_roots(self) -> tuple[str, ...]:
        if self._roots is None:
            names = ("wagtailadmin_home", "wagtailapi_v3:api-root", "wagtailapi:pages:listing")
            self._roots = tuple(filter(None, map(_path_of, names)))
        return self._roots


def speak_their_language(user: Any) -> None:
    """Refusals too are in the language that somebody has chosen: Wagtail 8.0.1 turns to it within its views only."""
    profile = getattr(user, "wagtail_userprofile", None)
    if profile is not None:
        activate(profile.get_preferred_language())


def refuse(request: HttpRequest, refusal: PermissionDenied) -> HttpResponse:
    """As Wagtail answers for its own views: the first page, which says why. A script gets the bare 403."""
    if not str(refusal) or request.headers.get("x-requested-with") == "XMLHttpRequest":
        return permission_denied(request)
    messages.error(request, str(refusal))
    return redirect("wagtailadmin_home")


def pass_gate(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    """None to go on. Http404 for what the user may not see, an answer of its own where one is fitting."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    user: Any = request.user
    if name.startswith(FOR_THE_FEDERATION) and not (rights.is_staff(user) or rights.is_auditor(user)):
        raise PermissionDenied
    if name.startswith(UNFILTERED) and not rights.is_staff(user):
        raise PermissionDenied
    if name.startswith(FOR_STAFF) and not rights.is_staff(user):
        raise Http404
    if name.startswith("wagtailadmin_tag_") and not rights.is_staff(user) and not kwargs.get("model_name"):
        return JsonResponse([], safe=False)  # words that other chapters file their pictures under
    if name == "wagtail_bulk_action":
        _keep_what_is_chosen(request, user, kwargs)
    elif name in LISTS:
        keep_visible(request, user, LISTS[name](), request.GET.getlist("id"))
    elif name.startswith("wagtail_localize:"):
        localize.pass_gate(request, name.partition(":")[2], kwargs)
    for key, value in kwargs.items():
        if not _may_pass(user, name, key, value):
            raise Http404
    _refuse_foreign_pages(request, name)
    _refuse_publication_of_translations(request, name, kwargs)
    return None


def clean_words(request: HttpRequest) -> None:
    """Take out what no search can find and some cannot read."""
    given = request.GET.copy()
    for name, values in list(given.lists()):
        cleaned = [value.replace("\0", "") for value in values]
        # Blanks alone are a 500 too.
        given.setlist(name, [value.replace('"', " ").strip() for value in cleaned] if name in WORDS else cleaned)
    if given != request.GET:
        request.GET = given  # type: ignore[assignment]


def clean_forms(request: HttpRequest) -> None:
    """Take NUL out of what a form of the admin sends: PostgreSQL fails to look for it, and no text has it."""
    if request.method != "POST" or not any("\0" in value for _name, values in request.POST.lists() for value in values):
        return
    given = request.POST.copy()
    for name, values in list(given.lists()):
        given.setlist(name, [value.replace("\0", "") for value in values])
    request.POST = given  # type: ignore[assignment]


def refuse_what_is_no_key(kwargs: dict[str, Any]) -> None:
    """Http404 for an item of v3 whose key cannot be one: it would be looked for, and fail (Wagtail 8.0.1)."""
    if not {"type", "pk"} <= kwargs.keys():
        return
    try:
        apps.get_model(kwargs["type"])._meta.pk.to_python(kwargs["pk"])
    except (LookupError, ValueError, ValidationError) as error:
        raise Http404 from error


def keep_visible(request: HttpRequest, user: Any, model: Any, keys: list[str]) -> None:
    """Let `?id=` have those of the keys that the user may see. Http404 when none is left; no keys ask for nothing."""
    if not keys:
        return
    kept = [key for key in keys if is_visible(user, model, key)]
    if not kept:
        raise Http404
    given = request.GET.copy()
    given.setlist("id", kept)
    request.GET = given  # type: ignore[assignment]
    request.META["QUERY_STRING"] = given.urlencode()


def _keep_what_is_chosen(request: HttpRequest, user: Any, kwargs: dict[str, Any]) -> None:
    """The keys of a bulk action; "all" is all of the list that it was chosen in, and nothing of any other."""
    model = _model(kwargs["app_label"], kwargs["model_name"])
    keys = request.GET.getlist("id")
    if "all" in keys:
        keys = _all_of_the_list(request, user, model, kwargs)
        if not keys:
            raise Http404
    keep_visible(request, user, model, keys)


def _all_of_the_list(request: HttpRequest, user: Any, model: Any, kwargs: dict[str, Any]) -> list[str]:
    """As the action itself would find them (Wagtail 8.0.1), in a list that the user may come by."""
    action = bulk_action_registry.get_bulk_action_class(kwargs["app_label"], kwargs["model_name"], kwargs["action"])
    parent = request.GET.get("childOf")
    if action is None or not (parent is None or parent.isdecimal()):
        raise Http404
    if parent is not None and model is Page:
        page = Page.objects.filter(pk=parent).first()
        if page is None or not may_find_page(user, page):
            raise Http404
    return [str(pk) for pk in action(request, model).get_all_objects_in_listing_query(parent)]


def is_visible(user: Any, model: Any, key: Any) -> bool:
    """Whether a thing with this key exists for somebody."""
    row = model._base_manager.filter(pk=key).first() if str(key).isdecimal() else None
    if row is None:
        return False
    if isinstance(row, Page):
        return may_see_page(user, row)
    policy = policy_registry.get_by_type(model)
    if isinstance(policy, ChapterOwnedPolicy):
        return policy.may_see(user, row)
    if isinstance(row, (get_image_model(), get_document_model())):
        actions = ("add", "change", "delete", "choose")
        return bool(policy.instances_user_has_any_permission_for(user, actions).filter(pk=row.pk).exists())
    return True


def _may_pass(user: Any, name: str, key: str, value: Any) -> bool:
    """Whether what a key of an address stands for is there for the user. Keys of other things are the views' own."""
    asked = PAGES.get((name, key)) or PAGES.get(("", key)) or PAGES.get((name.rpartition(":")[0], key))
    if asked is not None:
        page = Page.objects.filter(pk=value).first()
        return page is not None and asked(user, page)
    model = (
        FILES.get(key) or FILES.get(f"{name.partition(':')[0]}.{key}") or FILES.get(f"{name.rpartition(':')[0]}.{key}")
    )
    if model is not None:
        return is_visible(user, model(), unquote(str(value)))
    if key == "uploaded_file_id":
        return UploadedFile.objects.filter(pk=value, uploaded_by_user=user).exists()
    return True


PAGES: dict[tuple[str, str], Callable[[Any, Any], bool]] = {
    ("", "page_id"): may_see_page,
    ("", "page_to_move_id"): may_see_page,
    ("", "page_pk"): may_see_page,
    ("", "parent_page_id"): may_find_page,
    ("", "destination_id"): may_find_page,
    ("wagtailadmin_choose_page_child", "parent_page_id"): may_choose_page,
    ("wagtailadmin_pages", "pk"): may_see_page,
    ("wagtailadmin_api:pages", "pk"): may_choose_page,
}
FILES: dict[str, Callable[[], Any]] = {
    "image_id": get_image_model,
    "wagtailimages_chooser.pk": get_image_model,
    "document_id": get_document_model,
    "doc_id": get_document_model,
    "wagtaildocs_chooser.pk": get_document_model,
}


# Fields in which forms of the admin take the key of any page, and tell its title with what is wrong about it (8.0.1).
PAGE_FIELDS = ("parent_page", "new_parent_page", "chooser")


def _refuse_foreign_pages(request: HttpRequest, name: str) -> None:
    if request.method != "POST" or not name.startswith(("wagtailadmin_pages:", "wagtail_bulk_action")):
        return
    keys = [key for field in PAGE_FIELDS for key in request.POST.getlist(field) if key.isdecimal()]
    for page in Page.objects.filter(pk__in=keys) if keys else ():
        if not may_find_page(request.user, page):
            raise Http404


def _refuse_publication_of_translations(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> None:
    """wagtail-localize's editor answers on the address of the edit form, and asks the model whether one may publish."""
    namespace, _colon, view = name.partition(":")
    if request.method != "POST" or view != "edit" or not namespace.startswith("wagtailsnippets_"):
        return
    if request.POST.get("action") not in {"publish", "delete"}:
        return
    model = next((one for one in fenced_models() if namespace.endswith(f"_{one._meta.model_name}")), None)
    row = model._base_manager.filter(pk=kwargs.get("pk")).first() if model is not None else None
    action = rights.PUBLISH if request.POST["action"] == "publish" else rights.DELETE
    if row is not None and not rights.may_on(request.user, action, row):
        raise PermissionDenied(_("This takes a moderator of its chapter."))


def _model(app_label: str, model_name: str) -> Any:
    try:
        return apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error


def _path_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def check_gate(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """System check: without the gate some of Wagtail's addresses show one chapter's drafts to another."""
    from django.conf import settings

    if GATE in settings.MIDDLEWARE:
        return []
    return [
        Error(
            "The gate is missing: some addresses of the admin would show one chapter's drafts to another.",
            hint=f"Add {GATE!r} to MIDDLEWARE, after AuthenticationMiddleware.",
            id="federation.E020",
        )
    ]


def check_addresses(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """System check: roles are given by e-mail address, so an address must not be its owner's to change."""
    from django.conf import settings

    if not getattr(settings, "WAGTAIL_EMAIL_MANAGEMENT_ENABLED", True):
        return []
    return [
        Warning(
            "People may change their e-mail address to somebody else's, and take the roles that are meant for them.",
            hint="Roles are given by e-mail address: set WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False.",
            id="federation.W021",
        )
    ]
