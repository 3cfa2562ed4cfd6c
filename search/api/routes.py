"""Our routes on Wagtail's v3 API object: they describe themselves here, `endpoints` answers."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema
from wagtail.api.v3.api import api

from ..types import ContentType, declared
from . import schemas
from .answers import not_found
from .endpoints import answer_to
from .http import respond
from .parameters import FIELDS, LANGUAGES, SUGGEST, SYNC, list_parameters, search_parameters
from .vocabularies import VOCABULARIES

PROBLEMS: dict[Any, Any] = {
    400: schemas.FederationProblem,
    404: schemas.FederationProblem,
    410: schemas.FederationProblem,
}
OTHER_METHODS = ["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]


def answer(request: HttpRequest) -> HttpResponse:
    """Answer a request that the middleware has not answered: the project does without it."""
    root = reverse("wagtailapi_v3:api-root")
    rest = request.path_info.removeprefix(root)
    query_string = request.META.get("QUERY_STRING", "")
    return respond(request, lambda: answer_to(root, rest, query_string) or not_found())


def add_common() -> None:
    """Everything in one list, the vocabularies, the change log."""
    router = Router(tags=["entries"])
    _add(router, "/entries/", _plain, "entries_list", "List everything public", schemas.FederationEntryList, _of_all)
    _add(
        router,
        "/entries/{ref}/",
        _by_ref,
        "entries_detail",
        "One thing of any type",
        schemas.FederationAnyDetail,
        _detail_of,
    )
    vocabularies = Router(tags=["vocabularies"])
    for name, terms in VOCABULARIES.items():
        summary = (terms.__doc__ or name).strip().rstrip(".")
        _add(vocabularies, f"/{name}/", _plain, f"{name}_list", summary, schemas.FederationVocabulary, list)
    sync = Router(tags=["sync"])
    _add(sync, "/sync/", _plain, "sync", "What is new, changed and gone", schemas.FederationSync, lambda: SYNC)
    health = Router(tags=["health"])
    _add(health, "/health/", _plain, "health", "How the service is", schemas.FederationHealth, list)
    search = Router(tags=["search"])
    _add(search, "/search/", _plain, "search", "Search everything public", schemas.FederationSearch, _of_search)
    suggest = "What somebody who has typed so much may mean"
    _add(search, "/search/suggest/", _plain, "suggest", suggest, schemas.FederationSuggestions, lambda: SUGGEST)
    for added in (router, vocabularies, sync, health, search):
        api.add_router("/", added)


def add_type(content_type: ContentType) -> None:
    """List and detail of one type."""
    router = Router(tags=[content_type.plural])
    plural, one = content_type.plural, content_type.name
    listed, whole = schemas.list_schema(content_type), schemas.detail_schema(content_type)
    path = f"/{plural}/"
    _add(router, path, _plain, f"{plural}_list", f"List {plural}", listed, lambda: list_parameters(content_type, [one]))
    _add(router, path + "{ref}/", _by_ref, f"{plural}_detail", f"One {one}", whole, _detail_of)
    api.add_router("/", router)


def _plain(request: HttpRequest) -> HttpResponse:
    return answer(request)


def _by_ref(request: HttpRequest, ref: str) -> HttpResponse:
    return answer(request)


def _of_all() -> list[dict[str, Any]]:
    return list_parameters(None, list(declared()))


def _of_search() -> list[dict[str, Any]]:
    return search_parameters(list(declared()))


def _detail_of() -> list[dict[str, Any]]:
    return [*LANGUAGES, FIELDS]


def _add(
    router: Router,
    path: str,
    view: Callable[..., HttpResponse],
    operation: str,
    summary: str,
    schema: type[Schema],
    parameters: Callable[[], list[dict[str, Any]]],
) -> None:
    """One address: GET is described, the other methods are answered without being promised."""
    router.add_api_operation(
        path,
        ["GET"],
        view,
        response={200: schema, **PROBLEMS},
        operation_id=f"federation_{operation}",
        summary=summary,
        description="Public; cookies and tokens are ignored. Answers carry ETag and Last-Modified.",
        # Read late: types are declared one after another.
        openapi_extra={"x-federation-parameters": parameters},
    )
    router.add_api_operation(path, OTHER_METHODS, view, include_in_schema=False)
