"""Featuring: another chapter's public item in a section of one's own, with an introduction."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from chapters import rights
from chapters.models import Chapter, ChapterPage, Featured
from chapters.models.sections import SectionPage
from search.models import Entry, EntryQuerySet

from .items import public_entry


def sections_of(user: Any, entry: Entry) -> list[Any]:
    """Sections in which somebody may feature an item: of its type, in their chapters and languages."""
    chapters = rights.chapters_where(user, rights.FEATURE)
    fronts = ChapterPage.objects.filter(chapter__in=chapters, alias_of=None).exclude(chapter__code=entry.owner)
    return [
        section
        for front in fronts.select_related("chapter", "locale")
        if rights.may(user, rights.FEATURE, front.chapter, locale=front.locale.language_code)
        for section in Page.objects.child_of(front).live().specific().select_related("locale")
        if isinstance(section, SectionPage) and section.lists == entry.type
    ]


def split_sections(user: Any, entry: Entry) -> tuple[list[Any], list[Any]]:
    """Of these the ones that lack the item, and those that feature it already."""
    featuring = set(Featured.objects.filter(ref=entry.ref).values_list("page", flat=True))
    sections = sections_of(user, entry)
    return [one for one in sections if one.pk not in featuring], [one for one in sections if one.pk in featuring]


def feature(ref: str, section: Any, *, user: Any, introduction: str = "", language: str = "") -> Featured:
    """Show an item in a section. It is there at once, and goes when the item goes."""
    entry = public_entry(ref)
    if entry is None:
        raise ValidationError(_("It is not public, so it cannot be featured."))
    if section.pk not in {one.pk for one in sections_of(user, entry)}:
        raise PermissionDenied(_("You cannot feature it there."))
    if section.featured.filter(ref=ref).exists():
        raise ValidationError(_("It is featured there already."))
    shown = Featured(ref=ref, introduction=introduction.strip(), language=language)
    with transaction.atomic():
        _add(section, shown, user)
        log(instance=section, action="federation.feature", user=user, data={"ref": ref})
    return shown


def offered(user: Any, *, type_name: str = "", words: str = "") -> EntryQuerySet:
    """What chapters other than one's own have made public, the newest first, each thing once."""
    own = Chapter.objects.filter(pk__in=rights.chapters_where(user, rights.FEATURE)).values("code")
    found = Entry.objects.public().filter(original=True).exclude(type__in=("chapter", "page"))
    if not rights.is_staff(user):
        found = found.exclude(owner__in=own)
    if type_name:
        found = found.filter(type=type_name)
    if words.replace("\x00", "").strip():
        found = found.filter(title__icontains=words.replace("\x00", "").strip()[:100])
    return found.order_by("-published_at", "-pk")


def _add(section: Any, shown: Featured, user: Any) -> None:
    """To the live section, and to its draft where it has one: publishing that later would drop it otherwise."""
    draft = section.get_latest_revision_as_object() if section.has_unpublished_changes else None
    section.featured.add(shown)
    section.save()
    if draft is not None:
        draft.featured.add(Featured(ref=shown.ref, introduction=shown.introduction, language=shown.language))
        draft.save_revision(user=user)
    else:
        section.save_revision(user=user, changed=False)
