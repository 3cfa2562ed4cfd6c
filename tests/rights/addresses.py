"""Every address of the admin and of Wagtail's APIs, found from the resolver, and what fills its places.

A new address fails the test until its places are in `PLACES` or its name in `NOT_WALKED`, with a reason.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site, Workflow

from cases.models import Case, Statement
from chapters.moderation.views import ACTIONS
from federation.vocabulary.models import Kind, Region, Theme

from .world import SEARCHED, World

# Addresses that are walked: these prefixes.
WALKED = ("admin/", "api/v2/", "api/v3/", "documents/", "media/")
NOT_WALKED = {
    "": "catch-alls and tests of the error page",
    "wagtailadmin_logout": "ends the session that walks",
    "wagtailadmin_login": "of nobody's",
    "wagtailadmin_error_test": "fails on purpose",
    "wagtailadmin_password_reset": "of nobody's",
    "wagtailadmin_password_reset_done": "of nobody's",
    "wagtailadmin_password_reset_confirm": "its own token decides",
    "wagtailadmin_password_reset_complete": "of nobody's",
    "wagtailadmin_javascript_catalog": "words of the interface",
    "wagtail_localize:javascript_catalog": "words of the interface",
    "wagtailadmin_sprite": "icons",
    "wagtailadmin_block_preview": "examples",
    "wagtailembeds:chooser": "asks others' servers",
    "wagtailembeds:chooser_upload": "asks others' servers",
    "wagtailapi_v3:openapi-json": "the document of the API",
    "wagtailapi_v3:openapi-view": "the document of the API",
    "wagtailadmin_choose_page_external_link": "takes no object, and an incomplete form is Wagtail's own 500",
    "chapters:invitation": "its own token decides",
    "wagtaildocs_authenticate_with_password": "its own password decides",
    **{
        f"wagtailsnippetchoosers_vocabulary_{name}:create": "nothing is written in these choosers; Wagtail's own 500"
        for name in ("theme", "kind", "region")
    },
    # Our own public routes read the register; tests/search and tests/register walk them.
    "wagtailapi_v3:_by_ref": "the register",
    "wagtailapi_v3:_plain": "the register",
}


@dataclass(frozen=True)
class Address:
    """One address of the resolver: its name, its pattern, the names of its places, and the class of its view if any."""

    name: str
    pattern: str
    places: tuple[str, ...]
    view: Any


def addresses(resolver: Any = None, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    """Every address below the walked prefixes."""
    for pattern in (resolver or get_resolver()).url_patterns:
        full = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from addresses(pattern, full, spaces + space)
        elif isinstance(pattern, URLPattern) and full.startswith(WALKED):
            name = ":".join([*spaces, pattern.name]) if pattern.name else ""
            yield Address(name, full, places_of(full), getattr(pattern.callback, "view_class", None))


def places_of(pattern: str) -> tuple[str, ...]:
    """Names of its places; unnamed groups are numbered."""
    named = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
    unnamed = len(re.findall(r"\((?!\?)", re.sub(r"\(\?P<\w+>[^)]*\)", "", pattern)))
    return (*named, *(str(number) for number in range(unnamed)))


def path_of(pattern: str, values: dict[str, Any]) -> str:
    """The path with its places filled."""
    path = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^)]*\))*\)", lambda match: str(values[match.group(1)]), pattern)
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match.group(1)]), path)
    numbers = iter(range(10))
    path = re.sub(r"\((?!\?)[^)]*\)", lambda match: str(values[str(next(numbers))]), path)
    return "/" + path.replace("\\.", ".").rstrip("$")


def path_for(address: Address, subject: str, world: World) -> str:
    """The path with its places filled for a thing of the world. KeyError: not classified."""
    values = {
        place: PLACES[place](subject, world) if place in PLACES else OF_MODEL[place](subject)
        for place in address.places
    }
    return path_of(address.pattern, values)


def subjects_of(address: Address) -> list[str]:
    """Names in the world of what an address is about; "" for one without places. KeyError: not classified."""
    if not address.places:
        return [""]
    name, space = address.name, address.name.rpartition(":")[0]
    for start, subjects in SUBJECTS.items():
        if name.startswith(start) or space == start:
            return subjects
    raise KeyError(f"{address.name} {address.places}: what is it about? Say it in SUBJECTS.")


SUBJECTS: dict[str, list[str]] = {
    "chapters_admin:end_role": ["role"],
    "chapters_admin:withdraw_invitation": ["invitation"],
    "chapters_admin:begin_offered": ["case", "statement", "changed"],
    "chapters_admin:write": ["article", "live", "about", "case", "statement"],
    "chapters_admin:things": ["article"],
    "chapters_admin:new": ["article"],
    "chapters_admin": ["user"],
    "federation_item": ["article", "live", "case", "statement", "changed"],
    "wagtail_bulk_action": ["article", "live", "case", "statement", "image", "document"],
    "wagtail_localize:submit_snippet": ["case", "statement"],
    "wagtail_localize:snippets_api": ["case", "statement"],
    "wagtail_localize:update": ["article", "statement"],
    "wagtail_localize:convert_to_alias": ["article"],
    "wagtail_localize:submit_page": ["article", "about"],
    "wagtail_localize:": ["article", "statement"],
    "wagtailadmin_api:documents": ["document"],
    "wagtailadmin_api:images": ["image"],
    "wagtailadmin_api:pages": ["article", "live"],
    "wagtailadmin_editing_sessions": ["article", "case", "statement"],
    "wagtailadmin_collections": ["collection"],
    "wagtailadmin_choose_page": ["about"],
    "wagtailadmin_explore": ["about"],
    "wagtailadmin_workflows": ["workflow"],
    **{f"wagtailadmin_pages:{view}": ["article"] for view in ("add", "choose_parent", "type_use", "preview_on_add")},
    "wagtailadmin_pages": ["article", "about", "live"],
    "wagtailadmin_tag_model_autocomplete": ["tag"],
    "wagtailapi:documents": ["document"],
    "wagtailapi:images": ["image"],
    "wagtailapi:pages": ["article", "live"],
    "wagtaildocs": ["document"],
    "wagtailimages": ["image"],
    "media:serve": ["image", "document"],
    "wagtaillocales": ["locale"],
    "wagtailsites": ["site"],
    "wagtailsettings": ["settings"],
    "wagtailsnippets_cases_case": ["case", "draft"],
    "wagtailsnippetchoosers_cases_case": ["case"],
    "wagtailsnippets_cases_statement": ["statement", "changed"],
    "wagtailsnippetchoosers_cases_statement": ["statement", "changed"],
    "wagtailsnippets_vocabulary_theme": ["theme"],
    "wagtailsnippetchoosers_vocabulary_theme": ["theme"],
    "wagtailsnippets_vocabulary_kind": ["kind"],
    "wagtailsnippetchoosers_vocabulary_kind": ["kind"],
    "wagtailsnippets_vocabulary_region": ["region"],
    "wagtailsnippetchoosers_vocabulary_region": ["region"],
    "vocabulary_merge_theme": ["theme"],
    "wagtailusers_api_tokens": ["token"],
    "wagtailusers_groups": ["group"],
    "wagtailusers_users": ["user"],
}
V3 = {
    "document": ["document"],
    "image": ["image"],
    "page": ["article", "live"],
    "site": ["site"],
    "snippet": ["case", "draft", "statement", "changed"],
    "schema_for_type": ["case"],
}
SUBJECTS |= {
    f"wagtailapi_v3:{verb}_{thing}": subjects
    for thing, subjects in V3.items()
    for verb in ("create", "delete", "detail", "update", "list", "find", "get")
}
SUBJECTS |= {"wagtailapi_v3:pages_actions": ["article", "live"], "wagtailapi_v3:snippets_actions": V3["snippet"]}
MODELS: dict[str, Any] = {
    "article": Page,
    "live": Page,
    "case": Case,
    "draft": Case,
    "statement": Statement,
    "changed": Statement,
    "image": get_image_model(),
    "document": get_document_model(),
}


def _first(model: Any) -> Any:
    return model.objects.first()


def _thing(subject: str, world: World) -> Any:
    """What a subject stands for; some are of nobody's."""
    if subject in ("collection", "settings"):
        return world.things["chapter"].collection
    if subject == "group":
        return Group.objects.get(name="tn: editors")
    others = {"locale": Locale, "site": Site, "theme": Theme, "kind": Kind, "region": Region, "workflow": Workflow}
    return _first(others[subject]) if subject in others else world.things[subject]


def _key(subject: str, world: World) -> Any:
    return _thing(subject, world).pk


def _revision(subject: str, world: World) -> Any:
    return _thing(subject, world).latest_revision_id


def _of(kind: str) -> Any:
    """The key of what hangs on a subject: its review, translation, segment; that of another thing if it has none."""

    def find(subject: str, world: World) -> Any:
        found = world.things.get(f"{kind}:{subject}") or world.things[f"{kind}:article"]
        return found.pk

    return find


def _file(subject: str, world: World) -> str:
    return str(world.things[subject].file.name)


PLACES: dict[str, Any] = {
    **dict.fromkeys(
        ("pk", "page_id", "page_to_move_id", "page_pk", "image_id", "document_id", "doc_id", "object_id", "site_id"),
        _key,
    ),
    "parent_page_id": lambda subject, world: world.things["about"].pk,
    "destination_id": lambda subject, world: world.things["about"].pk,
    "collection_id": _key,
    **dict.fromkeys(("revision_id", "revision_id_b"), _revision),
    "revision_id_a": lambda subject, world: "earliest",
    "task_state_id": _of("task"),
    "workflow_state_id": _of("state"),
    "workflow_pk": lambda subject, world: Workflow.objects.first().pk,
    "task_id": lambda subject, world: world.things["task:article"].task_id,
    "translation_id": _of("translation"),
    "translation_source_id": _of("source"),
    "string_segment_id": _of("segment"),
    "overridable_segment_id": lambda subject, world: getattr(world.things["overridable"], "pk", 1),
    "uploaded_file_id": lambda subject, world: world.things["upload"].pk,
    "ref": lambda subject, world: world.things[subject].get_ref(),
    "session_id": lambda subject, world: 1,
    "name": _file,
    "0": _key,
    "1": _file,
}
OF_MODEL: dict[str, Any] = {
    "code": lambda subject: "tn",
    "step": lambda subject: "suspend",
    "language": lambda subject: "en",
    "listed": lambda subject: subject if subject in {"case", "statement"} else "article",
    "app_label": lambda subject: MODELS[subject]._meta.app_label if subject in MODELS else "wagtailcore",
    "model_name": lambda subject: MODELS[subject]._meta.model_name if subject in MODELS else "task",
    "app_name": lambda subject: {"tag": "taggit"}.get(subject, "home"),
    "content_type_app_name": lambda subject: "chapters",
    "content_type_model_name": lambda subject: "aboutpage",
    "action_name": lambda subject: "approve",
    "action": lambda subject: "delete",
    "type": lambda subject: {"case": "cases.Case", "draft": "cases.Case"}.get(subject, "cases.Statement"),
    "type_name": lambda subject: "cases.Case",
    "mode": lambda subject: "",
    "filter_spec": lambda subject: "original",
}


@dataclass(frozen=True)
class Visit:
    """One request: to an address, about a thing of the world, by a method; `doing` tells several of those apart."""

    address: str
    thing: str
    method: str
    path: str
    doing: str = ""

    @cached_property
    def key(self) -> str:
        """What the table of outcomes calls it; "" for a search and its like, which is only looked through."""
        return "" if self.doing == "looked through" else " ".join(filter(None, (self.address, self.method, self.doing)))


def visits(world: World) -> Iterator[Visit]:
    """Every request of the walk."""
    for address in addresses():
        if address.name in NOT_WALKED:
            continue
        if address.name == "wagtail_bulk_action":
            yield from _bulk_visits(world)
            continue
        for subject in subjects_of(address):
            path = path_for(address, subject, world)
            yield from (Visit(address.name, subject, method, path) for method in _methods(address))
            if address.name == "federation_item":
                yield from (Visit(address.name, subject, "POST", path, doing) for doing in ACTIONS)
        if not address.places and address.name not in WITH_RESULTS:
            asked = f"{path}?{LISTED[path.startswith('/api/')]}"
            yield Visit(address.name, "", "GET", asked, "looked through")
        if address.name.endswith("chosen_multiple"):
            things = ("article", "case", "statement", "image", "document")
            keys = "&".join(f"id={world.things[name].pk}" for name in things)
            yield Visit(address.name, "", "GET", f"{path}?{keys}", "looked through")


# With what the lists and choosers are asked too: those of the admin, those of the APIs.
LISTED = (f"q={SEARCHED}", f"search={SEARCHED}")
# Lists whose rows stand at an address of their own, which is the one that is searched.
WITH_RESULTS = frozenset(
    address.name.removesuffix("_results") for address in addresses() if address.name.endswith("_results")
)
V3_METHODS = {"create": "POST", "update": "PATCH", "delete": "DELETE"}
ALSO_PUT_AND_DELETED = ("wagtail_localize:edit_string_translation", "wagtail_localize:edit_override")


def _methods(address: Address) -> tuple[str, ...]:
    """How an address is asked. An address of v3 does one thing by one method; an item's page is told what to do."""
    name = address.name
    if name.startswith("wagtailapi_v3:"):
        verb = name.partition(":")[2].partition("_")[0]
        if "_actions_" in name:
            return ("DELETE",) if name.endswith("_delete") else ("POST",)
        return ("PUT" if name.endswith("update_site") else V3_METHODS.get(verb, "GET"),)
    if name in ALSO_PUT_AND_DELETED:
        return ("POST", "PUT", "DELETE")
    if name == "federation_item" or name.startswith(("wagtailapi:", "wagtailadmin_api:")):
        return ("GET",)
    known = [method for method in ("GET", "POST") if address.view is None or hasattr(address.view, method.lower())]
    return tuple(known) or ("GET", "POST")


def _bulk_visits(world: World) -> Iterator[Visit]:
    for subject in SUBJECTS["wagtail_bulk_action"]:
        model = MODELS[subject]
        for action in bulk_action_registry.get_bulk_actions_for_model(model._meta.app_label, model._meta.model_name):
            doing = action.action_type
            where = f"/admin/bulk/{model._meta.app_label}/{model._meta.model_name}/{doing}/"
            for method in ("GET", "POST"):
                yield Visit("wagtail_bulk_action", subject, method, f"{where}?id={world.things[subject].pk}", doing)
            if subject != "live":  # whose list is the article's
                yield Visit("wagtail_bulk_action", subject, "GET", f"{where}?id=all", "looked through")
