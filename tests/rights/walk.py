"""Every address of the admin and of Wagtail's APIs, found from the resolver, and what fills its places.

A new address fails the test until its places are in `PLACES` or its name in `NOT_WALKED`, with a reason.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken, Collection, GroupPagePermission, Page, Revision, TaskState, UploadedFile, Workflow
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from cases.models import Case, Statement
from chapters.models import AboutPage, Chapter, Invitation, RoleAssignment
from chapters.people import name_person
from federation.vocabulary.models import Kind, Region, Theme
from tests.factories import front, locale, make_article, make_case, make_person, make_statement

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
    # Our own public routes read the register; tests/search and tests/register walk them.
    "wagtailapi_v3:_by_ref": "the register",
    "wagtailapi_v3:_plain": "the register",
}
# A word of every secret title, to search by; the token beside it is what must not come.
SEARCHED = "Zephyrine"


@dataclass
class World:
    """What chapter tn has that is not public, and others' accounts."""

    tokens: list[str] = field(default_factory=list)
    things: dict[str, Any] = field(default_factory=dict)

    def secret(self, name: str) -> str:
        """A title that nobody else may read."""
        token = f"zq7{name}x"
        self.tokens.append(token)
        return f"{SEARCHED} {token}"


def make_world() -> World:
    """Drafts of pages, cases and statements, a live page and statement with a draft, files, translations, a review."""
    world = World()
    things = world.things
    writer = make_person("writer", ("editor", "tn"))
    writer.last_name = world.secret("writer")
    writer.save()
    things["user"] = writer
    things["token"] = APIToken.create_token(user=writer, name=world.secret("token"))[0]
    things["role"] = RoleAssignment.objects.get(user=writer)
    name_person(f"{world.secret('invited').replace(' ', '.')}@example.org", "editor", things["role"].chapter, by=None)
    things["invitation"] = Invitation.objects.get()
    _make_pages(world, writer)
    things["case"] = make_case(live=False, visibility="chapter", title=world.secret("case"))
    things["statement"] = make_statement(live=False, title=world.secret("statement"))
    changed = make_statement(title="What everybody may read")
    changed.title = world.secret("statementdraft")
    changed.save_revision()
    things["changed"] = changed
    tn = Chapter.objects.get(code="tn")
    image = get_image_model()(title=world.secret("image"), file=get_test_image_file(), collection=tn.collection)
    image.save()
    pdf = ContentFile(world.secret("bytes").encode(), name="secret.txt")
    document = get_document_model()(title=world.secret("document"), file=pdf, collection=tn.collection)
    document.save()
    things.update(image=image, document=document)
    things["upload"] = UploadedFile.objects.create(
        file=get_test_image_file(), uploaded_by_user=writer, for_content_type=ContentType.objects.get_for_model(image)
    )
    _make_translations(world)
    _start_reviews(world, writer)
    things["chapter"] = tn
    return world


def _make_pages(world: World, writer: Any) -> None:
    article = make_article(live=False, title=world.secret("article"), owner=writer)
    about = AboutPage(title=world.secret("about"), live=False, owner=writer)
    front("tn").add_child(instance=about)
    about.save_revision()
    live = make_article(title="A page for everybody", owner=writer)
    live.title = world.secret("articledraft")
    live.save_revision()
    world.things.update(article=article, about=about, live=live)


def _make_translations(world: World) -> None:
    for name in ("article", "statement"):
        thing = world.things[name]
        translate_object(thing, [locale("fr")])
        source = TranslationSource.objects.get(object_id=thing.translation_key)
        world.things[f"source:{name}"] = source
        world.things[f"translation:{name}"] = Translation.objects.get(source=source)
        world.things[f"segment:{name}"] = StringSegment.objects.filter(source=source).first()
    world.things["overridable"] = OverridableSegment.objects.first()


def _start_reviews(world: World, writer: Any) -> None:
    workflow = Workflow.objects.filter(active=True).first()
    for name in ("article", "case", "statement"):
        state = workflow.start(world.things[name], writer)
        world.things[f"state:{name}"] = state
        world.things[f"task:{name}"] = state.current_task_state


@dataclass(frozen=True)
class Address:
    """One address of the resolver: its name, its pattern and the names of its places."""

    name: str
    pattern: str
    places: tuple[str, ...]


def addresses(resolver: Any = None, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    """Every address below the walked prefixes."""
    for pattern in (resolver or get_resolver()).url_patterns:
        full = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from addresses(pattern, full, spaces + space)
        elif isinstance(pattern, URLPattern) and full.startswith(WALKED):
            name = ":".join([*spaces, pattern.name]) if pattern.name else ""
            yield Address(name, full, places_of(full))


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


def fillings(address: Address, world: World) -> list[dict[str, Any]]:
    """The values that fill an address, one dictionary for each object it is walked with. KeyError: not classified."""
    if not address.places:
        return [{}]
    return [
        {
            place: PLACES[place](subject, world) if place in PLACES else OF_MODEL[place](subject)
            for place in address.places
        }
        for subject in subjects_of(address)
    ]


def _value(place: str, subject: str, world: World) -> Any:
    return PLACES[place](subject, world) if place in PLACES else OF_MODEL[place](subject)


def subjects_of(address: Address) -> list[str]:
    """Names in the world of what an address is about."""
    name, space = address.name, address.name.rpartition(":")[0]
    for start, subjects in SUBJECTS.items():
        if name.startswith(start) or space == start:
            return subjects
    raise KeyError(f"{address.name} {address.places}: what is it about? Say it in SUBJECTS.")


SUBJECTS: dict[str, list[str]] = {
    "chapters_admin:end_role": ["role"],
    "chapters_admin:withdraw_invitation": ["invitation"],
    "chapters_admin:write_missing": ["article", "live", "about", "case", "statement"],
    "chapters_admin:things": ["article"],
    "chapters_admin:new": ["article"],
    "chapters_admin": ["user"],
    "federation_item": ["article", "live", "case", "statement", "changed"],
    "wagtail_bulk_action": ["article", "case", "statement", "image", "document"],
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
    "wagtailsnippets_cases_case": ["case"],
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
    "snippet": ["case", "statement", "changed"],
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
    "case": Case,
    "statement": Statement,
    "changed": Statement,
    "image": get_image_model(),
    "document": get_document_model(),
}


def _first(model: Any) -> Any:
    return model.objects.first()


def _thing(subject: str, world: World) -> Any:
    """What a subject stands for; some are of nobody's."""
    from django.contrib.auth.models import Group
    from wagtail.models import Locale, Site

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
    "type": lambda subject: {"case": "cases.Case"}.get(subject, "cases.Statement"),
    "type_name": lambda subject: "cases.Case",
    "mode": lambda subject: "",
    "filter_spec": lambda subject: "original",
}


def visits(world: World) -> Iterator[tuple[str, str]]:
    """Every path to be walked: (name of the address, path with its query). What has a query is only looked at."""
    for address in addresses():
        if address.name in NOT_WALKED:
            continue
        if address.name == "wagtail_bulk_action":
            yield from _bulk_visits(world)
            continue
        for values in fillings(address, world):
            path = path_of(address.pattern, values)
            yield address.name, path
        if not address.places:
            yield address.name, f"{path}?{LISTED[path.startswith('/api/')]}"
        if address.name.endswith("chosen_multiple"):
            keys = "&".join(
                f"id={world.things[name].pk}" for name in ("article", "case", "statement", "image", "document")
            )
            yield address.name, f"{path}?{keys}"


# With what the lists and choosers are asked too: those of the admin, those of the APIs.
LISTED = (f"q={SEARCHED}", f"search={SEARCHED}")


def _bulk_visits(world: World) -> Iterator[tuple[str, str]]:
    for subject in SUBJECTS["wagtail_bulk_action"]:
        model = MODELS[subject]
        for action in bulk_action_registry.get_bulk_actions_for_model(model._meta.app_label, model._meta.model_name):
            where = f"/admin/bulk/{model._meta.app_label}/{model._meta.model_name}/{action.action_type}/"
            for key in (world.things[subject].pk, "all"):
                yield "wagtail_bulk_action", f"{where}?id={key}"


def fingerprint(world: World) -> list[Any]:
    """All that nobody of another chapter may change."""
    own_tree = front("fr", "fr").path
    items = [
        list(model.objects.filter(owner__code="tn").order_by("pk").values_list(*ITEM)) for model in (Case, Statement)
    ]
    files = [list(model.objects.order_by("pk").values_list("pk", "title", "collection", "file")) for model in FILES]
    return [
        list(Page.objects.exclude(path__startswith=own_tree).order_by("pk").values_list(*PAGE)),
        *items,
        *files,
        list(TaskState.objects.order_by("pk").values_list("pk", "status")),
        [model.objects.count() for model in COUNTED],
        GroupPagePermission.objects.exclude(page__path__startswith=own_tree).count(),
        Revision.objects.filter(pk__in=[_revision(name, world) for name in ("article", "case", "statement")]).count(),
        list(RoleAssignment.objects.order_by("pk").values_list("pk", "ended_at", "below")),
        list(APIToken.objects.order_by("pk").values_list("pk", "revoked_at")),
    ]


PAGE = ("pk", "path", "title", "draft_title", "live", "locked", "latest_revision", "url_path", "go_live_at")
ITEM = ("pk", "title", "live", "owner", "visibility", "latest_revision", "locked", "embargo_until")
FILES = (get_image_model(), get_document_model())
COUNTED = (
    Collection,
    TranslationSource,
    Translation,
    StringTranslation,
    SegmentOverride,
    Theme,
    Kind,
    Region,
)


class Walker:
    """Somebody who goes everywhere, by session and by token, and what they found."""

    METHODS = {
        "/api/v3/": ("GET", "POST", "PATCH", "DELETE"),
        "/admin/localize/translate/": ("GET", "POST", "PUT", "DELETE"),
    }
    JSON = {"title": "Taken over", "revision_id": 1, "locale": "ar"}
    FORM = {
        "title": "Taken over",
        "name": "Taken over",
        "value": "Taken over",
        "slug": "taken-over",
        "kind": "statement",
        "action": "publish",
        "action-publish": "1",
        "comment": "",
        "summary": "",
        "dated": "",
        "themes": "",
        **{f"{name}-count": "0" for name in ("body", "related", "front", "menu", "links", "footer_links")},
        **{f"{name}-{which}_FORMS": "0" for name in ("sources", "comments") for which in ("TOTAL", "INITIAL")},
    }

    def __init__(self, user: Any) -> None:
        """With a session for the admin and a token for v3."""
        self.session, self.token = Client(raise_request_exception=False), Client(raise_request_exception=False)
        self.session.force_login(user)
        key = APIToken.create_token(user=user, name="walk")[1]
        self.token.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"

    def methods(self, path: str) -> tuple[str, ...]:
        """What an address is asked with; a search only looks, and "all" are one's own."""
        if path.endswith((*LISTED, "id=all")):
            return ("GET",)
        return next((methods for start, methods in self.METHODS.items() if path.startswith(start)), ("GET", "POST"))

    def ask(self, method: str, path: str) -> tuple[int, str]:
        """Status, and all that came: headers and body."""
        by_api = path.startswith("/api/v3/")
        client = self.token if by_api else self.session
        if method == "GET":
            answer = client.get(path)
        elif by_api:
            answer = client.generic(
                method, path, json.dumps({"title": "Taken over", "revision_id": 1}), "application/json"
            )
        elif method == "POST":
            answer = client.post(path, self.FORM)
        else:
            answer = client.generic(method, path, "value=1", "application/x-www-form-urlencoded")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, f"{dict(answer.items())}{body.decode('utf-8', 'replace')}"
