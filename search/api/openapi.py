"""One OpenAPI document for Wagtail's routes and ours, valid, and made once."""

from functools import lru_cache
from typing import Any

from wagtail.api.v3.api import api

DESCRIPTION = """
Reads of everything public: chapters, cases, statements, articles, events. Lists are strict: an unknown parameter or
value is a 400 that names it. Filters are repeated for several values: or within one, and across. Items are things, not
translations. `sync/` tells what is new, changed and gone.

Paths of Wagtail itself (pages, images, documents, snippets ...) read what lies in public collections, and write with a
token.
""".strip()


def mend() -> None:
    """Make `api` give out the mended document. Called once, from `ready()`."""
    made = api.get_openapi_schema
    api.title, api.description = "Federation API", DESCRIPTION

    @lru_cache(maxsize=8)
    def document(path_prefix: str | None = None, *args: Any) -> Any:
        schema = made(path_prefix=path_prefix) if path_prefix is not None else made()
        _expand_parameters(schema)
        _drop_anonymous_scheme(schema)
        return schema

    def get_openapi_schema(path_prefix: str | None = None, path_params: Any = None) -> Any:
        return document(path_prefix)

    api.get_openapi_schema = get_openapi_schema  # type: ignore[method-assign]


def _expand_parameters(schema: Any) -> None:
    for operations in schema["paths"].values():
        for operation in operations.values():
            parameters = operation.pop("x-federation-parameters", None)
            if parameters is not None:
                operation["parameters"] = [*operation.get("parameters", []), *_described(parameters())]


def _described(parameters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An example belongs to the parameter, not into its schema."""
    return [_lifted(parameter) for parameter in parameters]


def _lifted(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = {**parameter["schema"]}
    inner = {**schema["items"]} if "items" in schema else schema
    example = inner.pop("example", None)
    if "items" in schema:
        schema["items"] = inner
    lifted = {**parameter, "schema": schema}
    return lifted if example is None else {**lifted, "example": [example] if "items" in schema else example}


def _drop_anonymous_scheme(schema: Any) -> None:
    """Wagtail 8.0.1 describes anonymous access as a security scheme without `scheme`, which is invalid."""
    schema.get("components", {}).get("securitySchemes", {}).pop("AllowAnonymous", None)
    for operations in schema["paths"].values():
        for operation in operations.values():
            if "security" in operation:
                operation["security"] = [{} if "AllowAnonymous" in way else way for way in operation["security"]]
