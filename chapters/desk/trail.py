"""The audit trail: who did what to which item. Wagtail's two logs, of pages and of everything else, read as one.

Somebody reads what was done in chapters whose trail they may read; staff and auditors read all of it. A title is shown
only to who may see the thing: to auditors the public one, or none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import registry
from wagtail.models import Collection as Folder
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from chapters import rights
from chapters.belongings import FRONT_DEPTH, item_models, owners_of
from chapters.models import Chapter, ChapterPage
from search.models import Entry
from search.refs import ref_of_key

# In the data of a deletion: code of the chapter that what is gone belonged to.
CHAPTER = "chapter"
DELETED = "wagtail.delete"
# What two chapters have to do with: `from` and `to` in the data are their codes, and both read it.
OF_TWO = frozenset(
    f"federation.{done}"
    for done in (
        *("transfer", "transfer_asked", "transfer_declined", "transfer_taken_back"),
        *("translation_begun", "translation_given_up"),
    )
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the trail is asked for."""

    chapter: Chapter | None = None
    person: int | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One line: `title` and `note` are empty for who may not see the thing."""

    at: datetime
    who: str
    action: str
    what: str
    title: str
    note: str
    chapter: Chapter | None
    url: str


def reads_all(user: Any) -> bool:
    """Whether somebody reads the trail of the whole federation."""
    return rights.is_staff(user) or rights.is_auditor(user)


def trail(user: Any, asked: Asked) -> QuerySet[Any]:
    """Keys of the entries that somebody may read, the newest first: what `deeds` takes a part of."""
    pages, others = PageLogEntry.objects.all(), ModelLogEntry.objects.all()
    if asked.chapter is not None or not reads_all(user):
        chapters = _chapters(user, asked)
        pages, others = pages.filter(_of_pages(chapters)), others.filter(_of_others(chapters))
    pages, others = (rows.filter(_narrowed(asked)) for rows in (pages, others))
    keys = [
        rows.order_by().annotate(table=Value(table, IntegerField())).values_list("timestamp", "table", "pk")
        for table, rows in enumerate((pages, others))
    ]
    return keys[0].union(keys[1], all=True).order_by("-timestamp", "table", "-pk")


def deeds(user: Any, keys: Iterable[tuple[datetime, int, int]]) -> list[Deed]:
    """Lines for these keys, in their order. Queries do not grow with them."""
    keys = list(keys)
    entries: dict[tuple[int, int], Any] = {}
    for table, model in enumerate((PageLogEntry, ModelLogEntry)):
        asked = [pk for _at, where, pk in keys if where == table]
        for entry in model._default_manager.filter(pk__in=asked) if asked else ():
            entries[table, entry.pk] = entry
    rows = [entries[table, pk] for _at, table, pk in keys if (table, pk) in entries]
    names = _Names(user, rows)
    return [names.deed(row) for row in rows]


def people_in(user: Any) -> QuerySet[Any]:
    """Who may be asked for: everybody who may be met in the trail of these chapters."""
    people = get_user_model()._default_manager.order_by("last_name", "username")
    if reads_all(user):
        return people
    where = rights.chapters_where(user, rights.AUDIT)
    return people.filter(role_assignments__chapter__in=where).distinct()


def keep_chapter_of_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    """Before an entry about a deletion is written: whose it was, for nothing else will tell."""
    if instance.action != DELETED or instance.pk or CHAPTER in instance.data:
        return
    key = str(instance.page_id if isinstance(instance, PageLogEntry) else instance.object_id)
    owner = owners_of(instance.content_type, [key]).get(key)
    if owner is not None:
        instance.data = {**instance.data, CHAPTER: Chapter.objects.values_list("code", flat=True).get(pk=owner)}


def _chapters(user: Any, asked: Asked) -> list[Chapter]:
    where = rights.chapters_where(user, rights.AUDIT)
    found = [one for one in rights.all_chapters(user) if one.pk in where or reads_all(user)]
    if asked.chapter is None:
        return found
    return [one for one in found if f"{one.path}/".startswith(f"{asked.chapter.path}/")]


def _of_pages(chapters: Collection[Chapter]) -> Q:
    """By keys: a join with the pages would lose those that are deleted."""
    fronts = ChapterPage.objects.filter(chapter__in=list(chapters)).values_list("path", flat=True)
    below = [Q(path__startswith=path) for path in fronts]
    deleted = PageLogEntry.objects.filter(_deleted_of(chapters)).order_by().values("page_id")
    found = Q(page_id__in=deleted)
    return found | Q(page_id__in=Page.objects.filter(reduce(or_, below)).values("pk")) if below else found


def _of_others(chapters: Collection[Chapter]) -> Q:
    """Items, deleted ones too, and chapters themselves; pictures and documents by the chapter's collection."""
    owned: list[tuple[Any, Q]] = [(model, Q(owner__in=list(chapters))) for model in item_models()]
    owned.append((Chapter, Q(pk__in=[one.pk for one in chapters])))
    folders = Folder.objects.filter(pk__in=[one.collection_id for one in chapters]).values_list("path", flat=True)
    below = [Q(collection__path__startswith=path) for path in folders]
    owned += [(model, reduce(or_, below)) for model in (get_image_model(), get_document_model()) if below]
    found = _deleted_of(chapters) | _between(chapters)
    for model, theirs in owned:
        keys = model._default_manager.filter(theirs).order_by().annotate(key=Cast("pk", CharField())).values("key")
        found |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    for model in item_models():
        kind = ContentType.objects.get_for_model(model)
        deleted = ModelLogEntry.objects.filter(_deleted_of(chapters), content_type=kind).order_by()
        found |= Q(content_type=kind, object_id__in=deleted.values("object_id"))
    return found


def _deleted_of(chapters: Collection[Chapter]) -> Q:
    return Q(action=DELETED, data__chapter__in=[one.code for one in chapters])


def _between(chapters: Collection[Chapter]) -> Q:
    """What chapters had to do with another one's item."""
    codes = [one.code for one in chapters]
    return Q(action__in=sorted(OF_TWO)) & (Q(data__from__in=codes) | Q(data__to__in=codes))


def _narrowed(asked: Asked) -> Q:
    found = Q()
    if asked.person is not None:
        found &= Q(user=asked.person)
    if asked.action:
        found &= Q(action=asked.action)
    if asked.since is not None:
        found &= Q(timestamp__gte=asked.since)
    if asked.until is not None:
        found &= Q(timestamp__lt=asked.until)
    return found


class _Names:
    """What lines name, looked up for all of them at once."""

    def __init__(self, user: Any, rows: Collection[Any]) -> None:
        self.user, self.staff = user, rights.is_staff(user)
        self.visible = rights.chapters_where(user, rights.VIEW)
        self.chapters = {chapter.pk: chapter for chapter in rights.all_chapters(user)}
        self.by_code = {chapter.code: chapter for chapter in self.chapters.values()}
        people = get_user_model()._default_manager.filter(pk__in={row.user_id for row in rows if row.user_id})
        self.people = {one.pk: one.get_full_name() or one.get_username() for one in people}
        self.owners, self.refs = self._owners_and_refs(rows)
        self.gone = self._owners_of_deleted(rows)
        self.public = self._public_titles()

    def deed(self, row: Any) -> Deed:
        """One line."""
        chapter = self._chapter(row)
        sees = self.staff or (chapter is not None and chapter.pk in self.visible) or self._is_about_chapter(row)
        ref = self.refs.get(_key(row), "")
        public = self.public.get(ref, "")
        return Deed(
            at=row.timestamp,
            who=self.people.get(row.user_id, _("the system") if row.user_id is None else _("somebody who is gone")),
            action=_label_of(row.action),
            what=str(model._meta.verbose_name) if (model := _model(row)) else "",
            title=self._title(row, chapter) if sees else public,
            note=_note(row) if sees or self._is_between(row) else "",
            chapter=chapter,
            url=_address(ref) if sees or public else "",
        )

    def _chapter(self, row: Any) -> Chapter | None:
        owner = self.owners.get(_key(row))
        return self.chapters.get(owner or 0) or self.by_code.get(self.gone.get(_key(row), ""))

    def _title(self, row: Any, chapter: Chapter | None) -> str:
        """Its title when it was done; a chapter is called as readers of this language know it."""
        return str(chapter) if chapter is not None and self._is_about_chapter(row) else row.label

    def _is_about_chapter(self, row: Any) -> bool:
        """Chapters are public; what was done to one is what auditors are there to read."""
        return _model(row) is Chapter

    def _is_between(self, row: Any) -> bool:
        """Whether it was said between a chapter of theirs and another."""
        codes = {str(row.data.get(side, "")) for side in ("from", "to")}
        sides = [self.by_code[code] for code in codes if code in self.by_code]
        return row.action in OF_TWO and any(one.pk in self.visible for one in sides)

    def _owners_of_deleted(self, rows: Iterable[Any]) -> dict[Any, str]:
        """Codes of the chapters of what is not there any more, as its deletion has noted them; at most two queries."""
        missing = {_key(row): row for row in rows if _key(row) not in self.owners}
        found: dict[Any, str] = {}
        for log, column in ((PageLogEntry, "page_id"), (ModelLogEntry, "object_id")):
            keys = {key for (_gone, key), row in missing.items() if isinstance(row, log)}
            deletions = log.objects.filter(action=DELETED, **{f"{column}__in": keys}) if keys else ()
            found |= {_key(one): str(one.data.get(CHAPTER, "")) for one in deletions}
        return found

    def _owners_and_refs(self, rows: Iterable[Any]) -> tuple[dict[Any, int], dict[Any, str]]:
        keys: dict[Any, set[str]] = defaultdict(set)
        for row in rows:
            keys[_key(row)[0]].add(_key(row)[1])
        owners: dict[Any, int] = {}
        refs: dict[Any, str] = {}
        for model, those in keys.items():
            if model is Chapter:
                owners |= {(model, key): int(key) for key in those}
            elif model is Page or model in item_models():
                for key, owner, ref in _pages(those) if model is Page else _items(model, those):
                    owners[model, key], refs[model, key] = owner, ref
        return owners, refs

    def _public_titles(self) -> dict[str, str]:
        found = Entry.objects.public().filter(ref__in=set(self.refs.values())).order_by("original")
        return dict(found.values_list("ref", "title"))


def _items(model: Any, keys: Collection[str]) -> Iterator[tuple[str, int, str]]:
    """Key, owner and ref of items; one query."""
    rows = model._default_manager.filter(pk__in=keys).values_list("pk", "owner", "ref")
    yield from ((str(pk), owner or 0, ref) for pk, owner, ref in rows)


def _pages(keys: Collection[str]) -> Iterator[tuple[str, int, str]]:
    """Key, chapter and ref of pages, whatever their type; two queries."""
    fronts = dict(ChapterPage.objects.exclude(chapter=None).values_list("path", "chapter"))
    for pk, path, key in Page.objects.filter(pk__in=keys).values_list("pk", "path", "translation_key"):
        yield str(pk), fronts.get(path[: Page.steplen * FRONT_DEPTH], 0), ref_of_key(key)


def _key(row: Any) -> tuple[Any, str]:
    """What a line is about: all pages are one model here."""
    if isinstance(row, PageLogEntry):
        return Page, str(row.page_id)
    return _model(row), str(row.object_id)


def _model(row: Any) -> Any:
    """By the content type, which is kept: `row.content_type` would be a query for each line."""
    return ContentType.objects.get_for_id(row.content_type_id).model_class() if row.content_type_id else None


def _label_of(action: str) -> str:
    return str(registry.get_action_label(action)) if registry.action_exists(action) else action


def _note(row: Any) -> str:
    """The reason that was given, if any."""
    return str(row.data.get("reason") or row.data.get("comment") or "")[:300]


def _address(ref: str) -> str:
    from chapters.moderation.items import item_url

    return item_url(ref) if ref and apps.is_installed("wagtail.admin") else ""
