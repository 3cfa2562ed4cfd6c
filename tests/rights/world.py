"""What the walk is walked through: all kinds of things of chapter tn that are not public, and accounts of others."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken, Collection, GroupPagePermission, Page, Revision, TaskState, UploadedFile
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
from chapters.moderation.approval import ensure_workflow
from chapters.people import name_person
from federation.vocabulary.models import Kind, Region, Theme
from tests.factories import front, locale, make_article, make_case, make_person, make_statement

# A word of every secret title, to search by; the token beside it is what must not come.
SEARCHED = "Zephyrine"


@dataclass
class World:
    """What chapter tn has that is not public, and others' accounts."""

    tokens: list[str] = field(default_factory=list)
    things: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Those of the secrets that are people's names and addresses."""
        return [token for token in self.tokens if token in {"zq7writerx", "zq7invitedx"}]

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
    things["user"], things["heir"] = writer, make_person("heir", ("editor", "tn"))
    things["token"] = APIToken.create_token(user=writer, name=world.secret("token"))[0]
    things["role"] = RoleAssignment.objects.get(user=writer)
    name_person(f"{world.secret('invited').replace(' ', '.')}@example.org", "editor", things["role"].chapter, by=None)
    things["invitation"] = Invitation.objects.get()
    _make_pages(world, writer)
    things["case"] = make_case(live=False, visibility="chapter", title=world.secret("case"))
    things["draft"] = make_case(live=False, visibility="chapter", title=world.secret("draft"))
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
    for name in ("article", "about", "live", "case", "draft", "statement", "changed"):
        things[name].refresh_from_db()
    return world


def _make_pages(world: World, writer: Any) -> None:
    article = make_article(live=False, title=world.secret("article"), owner=writer)
    about = AboutPage(title=world.secret("about"), live=False, owner=writer)
    front("tn").add_child(instance=about)
    about.save_revision()
    live = make_article(title="A page for everybody", owner=writer)
    live.title = world.secret("articledraft")
    live.save_revision()
    abroad = front("fr", "fr").get_children().get(slug="news")
    world.things.update(article=article, about=about, live=live, abroad=abroad)


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
    workflow = ensure_workflow()
    for name in ("article", "case", "statement"):
        state = workflow.start(world.things[name], writer)
        world.things[f"state:{name}"] = state
        world.things[f"task:{name}"] = state.current_task_state


def fingerprint(world: World) -> list[Any]:
    """All that nobody of another chapter may change."""
    own_tree = front("fr", "fr").path
    items = [
        list(model.objects.filter(owner__code="tn").order_by("pk").values_list(*ITEM)) for model in (Case, Statement)
    ]
    own_files = Chapter.objects.get(code="fr").collection
    others = [model.objects.exclude(collection=own_files).order_by("pk") for model in FILES]
    files = [list(rows.values_list("pk", "title", "collection", "file")) for rows in others]
    return [
        list(Page.objects.exclude(path__startswith=own_tree).order_by("pk").values_list(*PAGE)),
        *items,
        *files,
        list(TaskState.objects.order_by("pk").values_list("pk", "status")),
        [model.objects.count() for model in COUNTED],
        GroupPagePermission.objects.exclude(page__path__startswith=own_tree).count(),
        Revision.objects.filter(
            pk__in=[world.things[name].latest_revision_id for name in ("article", "case", "statement")]
        ).count(),
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
