"""What is sent with the requests of the walk: as a browser or script would send it, to be done where it may be."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file

from chapters.moderation.reviewing import fingerprint
from tests.cases.conftest import form as item_form
from tests.factories import locale

from .addresses import Visit
from .world import World

TITLE = "Taken over"
# Fields of one form are harmless to another.
ANY_FORM: dict[str, Any] = {
    **dict.fromkeys(("title", "name", "value"), TITLE),
    "slug": "taken-over",
    "kind": "statement",
    **dict.fromkeys(("comment", "summary", "dated", "themes", "listed_on", "picture_alt", "tags"), ""),
    **{f"{name}-count": "0" for name in ("body", "related", "front", "menu", "links", "footer_links", "questions")},
    **{f"{name}-{which}_FORMS": "0" for name in ("sources", "comments") for which in ("TOTAL", "INITIAL")},
}
REASON = "Because of a test."


def sent_with(visit: Visit, world: World) -> dict[str, Any]:
    """The form of the admin, or the JSON of the API."""
    if visit.path.startswith("/api/"):
        return _json(visit, world)
    given = {**ANY_FORM, **_of_thing(visit, world)}
    for start, more in FORMS.items():
        if visit.address.startswith(start):
            given |= more(visit, world)
    return given


def _of_thing(visit: Visit, world: World) -> dict[str, Any]:
    if visit.thing in ("article", "about", "live"):
        return {"kind": ""}
    if visit.thing in ("case", "draft", "statement", "changed"):
        return item_form(world.things[visit.thing], title=TITLE)
    if visit.address.startswith(("wagtailsnippets_cases_case:", "wagtailsnippets_cases_statement:")):
        kind = "case" if "_case:" in visit.address else "statement"
        return item_form(world.things[kind], title=TITLE, owner=world.things["chapter"].pk)
    if visit.thing in ("image", "document"):
        return {"collection": world.things["chapter"].collection_id}
    return {}


def _deciding(visit: Visit, world: World) -> dict[str, Any]:
    """What an item's page sends with each of its buttons."""
    thing = world.things[visit.thing]
    return {
        "do": visit.doing,
        "reason": REASON,
        "locale": "en",
        "reviewed": fingerprint(thing.latest_revision),
        "section": world.things["abroad"].pk,
        "language": "en",
        "introduction": "",
        "chapter": "fr",
        "visibility": "chapter",
        "until": "2031-01-01T10:00",
    }


def _approving(visit: Visit, world: World) -> dict[str, Any]:
    return {"reviewed": fingerprint(world.things[visit.thing].latest_revision), "comment": REASON}


def _copying(visit: Visit, world: World) -> dict[str, Any]:
    parent = world.things.get(visit.thing)
    where = parent.get_parent().pk if parent is not None and hasattr(parent, "get_parent") else ""
    return {"new_title": TITLE, "new_slug": "taken-over", "new_parent_page": where}


def _naming(visit: Visit, world: World) -> dict[str, Any]:
    return {"email": "friend@example.org", "role": "editor", "locales": [], "chapter": world.things["chapter"].pk}


def _leaving(visit: Visit, world: World) -> dict[str, Any]:
    return {"heir": world.things["heir"].pk, "reason": REASON}


def _uploading(visit: Visit, world: World) -> dict[str, Any]:
    is_picture = "image" in visit.address
    name = "files[]" if visit.address.endswith("add_multiple") else "file"
    own = world.things["chapter"].collection_id
    return {name: _picture() if is_picture else _text(), "title": TITLE, "collection": own}


def _picture() -> ContentFile:
    return ContentFile(get_test_image_file().file.getvalue(), name="picture.png")


def _text() -> ContentFile:
    return ContentFile(b"A text.", name="text.txt")


def _pofile(visit: Visit, world: World) -> dict[str, Any]:
    translation, segment = (world.things[f"{kind}:{visit.thing}"] for kind in ("translation", "segment"))
    words = (
        f'msgid ""\nmsgstr "X-WagtailLocalize-TranslationID: {translation.uuid}\\n"\n\n'
        f'msgctxt "{segment.context.path}"\nmsgid "{segment.string.data}"\nmsgstr "{TITLE}"\n'
    )
    return {"file": ContentFile(words.encode(), name="words.po")}


FORMS: dict[str, Any] = {
    "federation_item": _deciding,
    "wagtailadmin_pages:edit": lambda visit, world: {"action-publish": "1"},
    "wagtailadmin_pages:copy": _copying,
    "wagtailadmin_pages:choose_parent": lambda visit, world: {"parent_page": world.things["about"].pk},
    "wagtailadmin_pages:move": lambda visit, world: {"new_parent_page": world.things["about"].pk},
    "wagtailadmin_pages:workflow_action": _approving,
    "wagtailadmin_pages:collect_workflow_action_data": _approving,
    "wagtailadmin_pages:set_privacy": lambda visit, world: {"restriction_type": "login"},
    "wagtailsnippets_cases_case:workflow_action": _approving,
    "wagtailsnippets_cases_statement:workflow_action": _approving,
    "wagtailsnippets_cases_case:collect_workflow_action_data": _approving,
    "wagtailsnippets_cases_statement:collect_workflow_action_data": _approving,
    "chapters_admin:people": _naming,
    "chapters_admin:person": _naming,
    "chapters_admin:leave": _leaving,
    "chapters_admin:person_leave": _leaving,
    "chapters_admin:status": lambda visit, world: {"reason": REASON},
    "wagtail_localize:submit": lambda visit, world: {"locales": [locale("ar").pk]},
    "wagtail_localize:upload_pofile": _pofile,
    "wagtailimages:add": _uploading,
    "wagtaildocs:add": _uploading,
    "wagtailimages_chooser:create": lambda visit, world: _prefixed("image-chooser-upload", _uploading(visit, world)),
    "wagtaildocs_chooser:create": lambda visit, world: _prefixed("document-chooser-upload", _uploading(visit, world)),
    "wagtailimages:edit_multiple": lambda visit, world: _prefixed(
        f"image-{world.things['image'].pk}", {**ANY_FORM, "collection": world.things["chapter"].collection_id}
    ),
    "wagtaildocs:edit_multiple": lambda visit, world: _prefixed(
        f"doc-{world.things['document'].pk}", {**ANY_FORM, "collection": world.things["chapter"].collection_id}
    ),
    "wagtail_bulk_action": lambda visit, world: {"tags": "taken", "collection": 1, "chooser": world.things["about"].pk},
}


def _prefixed(prefix: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {f"{prefix}-{name}": value for name, value in fields.items()}


def _json(visit: Visit, world: World) -> dict[str, Any]:
    name, thing = visit.address.partition(":")[2], world.things.get(visit.thing)
    if name.endswith("_copy_for_translation"):
        return {"locale": "ar"}
    if name == "pages_actions_move":
        return {"destination_id": world.things["about"].pk, "position": "last-child"}
    if name.endswith("_revert"):
        return {"revision_id": getattr(thing, "latest_revision_id", 0)}
    if name in ("create_image", "create_document"):
        file = _picture() if name == "create_image" else _text()
        return {"file": file, "title": TITLE, "collection_id": world.things["chapter"].collection_id}
    if name in ("create_site", "update_site"):
        return {"hostname": "taken.example", "root_page_id": world.things["about"].pk}
    if name.startswith(("pages_actions", "snippets_actions")):
        return {}
    if name == "create_page":
        news = world.things["article"].get_parent().pk
        meta = {"type": "chapters.ArticlePage", "parent_id": news}
        return {"title": TITLE, "slug": "taken-over", "meta": meta, "parent_id": news}
    if name == "create_snippet":
        kind = "case" if visit.thing in ("case", "draft") else "statement"
        own = {"owner_id": world.things["chapter"].pk, "kind_id": kind, "countries": []}
        return {"title": TITLE, **own, "meta": {}}
    return {"title": TITLE}
