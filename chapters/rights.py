"""What a user may do, and where: answered from the assignments of roles and the clock.

The assignments are read once for each user object, that is once a request; whether one still holds is compared with
the clock at every question, so an expired role is none at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from search.models import Entry

from .models import Chapter, Role, RoleAssignment

VIEW = "view"  # its own drafts and lists; never of another chapter's rows
CHOOSE = "choose"
ADD = "add"
CHANGE = "change"
SUBMIT = "submit"
TRANSLATE = "translate"
FEATURE = "feature"
WITHDRAW = "withdraw"  # take out of everything public, at once
PUBLISH = "publish"
APPROVE = "approve"
DELETE = "delete"
LOCK = "lock"
UNLOCK = "unlock"
SHARE = "share"  # accept or leave as co-publisher, in the chapter's name
VISIBILITY = "visibility"
EMBARGO = "embargo"
TRANSFER = "transfer"  # ask for it, and accept it, in the chapter's name
ASSIGN = "assign"  # give some role; which ones: `roles_to_give`
AUDIT = "audit"  # read the audit trail
HOLD = "hold"
OPEN = "open"  # open, suspend, archive chapters

TRANSLATING = frozenset({VIEW, CHOOSE, TRANSLATE, SUBMIT})
WRITING = TRANSLATING | {ADD, CHANGE, FEATURE, WITHDRAW}
MODERATING = WRITING | {
    *(PUBLISH, APPROVE, DELETE, LOCK, UNLOCK),
    *(SHARE, VISIBILITY, EMBARGO, TRANSFER, ASSIGN, AUDIT),
}
EVERYTHING = MODERATING | {HOLD, OPEN}

ACTIONS: dict[str, frozenset[str]] = {
    Role.EDITOR: WRITING,
    Role.MODERATOR: MODERATING,
    Role.TRANSLATOR: TRANSLATING,
    Role.CASE_OFFICER: MODERATING,
    Role.STAFF: EVERYTHING,
    Role.AUDITOR: frozenset({AUDIT}),
}
# What is left in a chapter that is suspended or archived: looking; for staff also taking away and putting right.
ALWAYS = frozenset({VIEW, CHOOSE, AUDIT})
ALWAYS_FOR_STAFF = ALWAYS | {WITHDRAW, HOLD, ASSIGN, OPEN}

# A translator reads what is to be translated.
IN_EVERY_LANGUAGE = frozenset({VIEW, CHOOSE})

# What a chapter's translators do to a language that their chapter has begun of another chapter's item.
FOR_ANOTHER = frozenset({VIEW, CHANGE, SUBMIT})

# What each role may give in the chapters that it reaches.
GIVES: dict[str, frozenset[str]] = {
    Role.MODERATOR: frozenset({Role.EDITOR, Role.TRANSLATOR}),
    Role.CASE_OFFICER: frozenset({Role.EDITOR, Role.TRANSLATOR}),
    Role.STAFF: frozenset(Role.values),
}
_CACHE = "_chapter_roles"


def roles_of(user: Any) -> list[RoleAssignment]:
    """The assignments of a user that hold at this moment; one query for each user object."""
    if user is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    if not hasattr(user, _CACHE):
        found = RoleAssignment.objects.filter(user=user, ended_at=None).select_related("chapter")
        setattr(user, _CACHE, list(found))
    return [assignment for assignment in getattr(user, _CACHE) if assignment.is_in_force]


def forget(user: Any) -> None:
    """Read the assignments of this user object again at the next question."""
    for name in (_CACHE, "_perm_cache", "_user_perm_cache", "_group_perm_cache", "_all_chapters", "_fronts"):
        user.__dict__.pop(name, None)


def is_staff(user: Any) -> bool:
    """Whether somebody is federation staff. A superuser, of whom an installation needs none, counts as such."""
    return _is_superuser(user) or any(one.role == Role.STAFF for one in roles_of(user))


def is_auditor(user: Any) -> bool:
    """Whether somebody is an auditor."""
    return any(one.role == Role.AUDITOR for one in roles_of(user))


def may(user: Any, action: str, chapter: Chapter | None, *, locale: str | None = None, what: str = "") -> bool:
    """Whether a user may do something in a chapter.

    Args:
        action: one of the constants above.
        locale: code of the language that it concerns; None: in any.
        what: register type of the thing ("statement", "article" ...): by it an editor's "publish" asks the policy.
    """
    if chapter is None:
        return False
    if _is_superuser(user):
        return _is_open_for(chapter, action, staff=True)
    return any(_allows(one, action, chapter, locale=locale, what=what) for one in roles_of(user))


def may_somewhere(user: Any, action: str, *, what: str = "") -> bool:
    """Whether there is any chapter in which a user may do something."""
    return bool(chapters_where(user, action, what=what))


def chapters_where(user: Any, *actions: str, locale: str | None = None, what: str = "") -> frozenset[int]:
    """Keys of the chapters in which a user may do at least one of the actions."""
    chapters = all_chapters(user)
    return frozenset(
        chapter.pk
        for chapter in chapters
        if any(may(user, action, chapter, locale=locale, what=what) for action in actions)
    )


def locales_where(user: Any, action: str, chapter: Chapter) -> frozenset[str] | None:
    """Codes of the languages in which a user may do something in a chapter; None: in all."""
    if may(user, action, chapter) and _is_superuser(user):
        return None
    those = [one for one in roles_of(user) if _allows(one, action, chapter, locale=None, what="")]
    if any(not one.locales for one in those):
        return None
    return frozenset(code for one in those for code in one.locales)


def roles_to_give(user: Any, chapter: Chapter, *, below: bool = False) -> frozenset[str]:
    """Roles that a user may give and end in a chapter; with `below` also in all chapters below it."""
    if not may(user, ASSIGN, chapter):
        return frozenset()
    if is_staff(user):
        return GIVES[Role.STAFF]
    those = [one for one in roles_of(user) if one.reaches(chapter) and (one.below or not below)]
    return frozenset(role for one in those for role in GIVES.get(one.role, ()))


def may_give(user: Any, role: str, chapter: Chapter, *, to: Any, below: bool = False) -> bool:
    """Whether a user may give a role to somebody, or end it. Nobody changes their own."""
    return to.pk != user.pk and role in roles_to_give(user, chapter, below=below)


def may_give_in(user: Any, chapter: Chapter, locales: Iterable[str]) -> bool:
    """Whether somebody gives roles in these languages; none named are all. Who works in some gives in no others."""
    own = None if is_staff(user) else locales_where(user, ASSIGN, chapter)
    return own is None or (bool(given := set(locales)) and given <= own)


def members(chapter: Chapter, *roles: str) -> Iterable[RoleAssignment]:
    """Assignments in force that reach a chapter, of these roles or of all; whose people are active."""
    found = RoleAssignment.objects.in_force().reaching(chapter).filter(user__is_active=True).select_related("user")
    return found.filter(role__in=roles) if roles else found


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a chapter's item stands: what decides who may do something to it."""

    owner: int | None
    language: str
    is_translation: bool
    what: str
    ref: str = ""
    # The chapter that has made this language of it, and whether the owner lets it.
    translated_by: int | None = None
    is_offered: bool = False


def standing_of(item: Any) -> Standing:
    """As the database has it: a form, a draft or an old revision may say something else. One query."""
    model = type(item)
    fields = ("owner_id", "locale__language_code", "source_id", "ref", "translated_by_id", "offered")
    stored = model._base_manager.filter(pk=item.pk).values_list(*fields).first() if item.pk else None
    if stored is None:
        stored = (item.owner_id, item.locale.language_code if item.locale_id else "", item.source_id, "", None, False)
    owner, language, source, ref, translated_by, offered = stored
    return Standing(
        owner=owner,
        language=language,
        is_translation=source is not None,
        what=item.register_type,
        ref=ref,
        translated_by=translated_by,
        is_offered=model.offered_by_default if offered is None else offered,
    )


def may_on(user: Any, action: str, item: Any) -> bool:
    """Whether a user may do something to a chapter's item (a row with `owner`, `locale`, `source`, `register_type`)."""
    return may_at(user, action, standing_of(item))


def may_at(user: Any, action: str, standing: Standing) -> bool:
    """Whether a user may do something to what stands there."""
    chapter = next((one for one in all_chapters(user) if one.pk == standing.owner), None)
    locale = standing.language or None
    if may(user, action, chapter, locale=locale, what=standing.what):
        return True
    # A translator's change is a translation of what somebody has written.
    if action == CHANGE and standing.is_translation and may(user, TRANSLATE, chapter, locale=locale):
        return True
    return _may_for_another(user, action, standing, chapter)


def is_public(ref: str) -> bool:
    """Whether readers have a thing at this moment."""
    return Entry.objects.public().filter(ref=ref, original=True).exists()


def public_of(refs: Iterable[str]) -> set[str]:
    """Which of these things readers have at this moment; no query for none."""
    asked = set(refs)
    found = Entry.objects.public().filter(ref__in=asked, original=True).values_list("ref", flat=True)
    return set(found) if asked else set()


def _may_for_another(user: Any, action: str, standing: Standing, owner: Chapter | None) -> bool:
    """The row that somebody's chapter has begun, of what another chapter offers: for as long as readers have the item.

    Once it is no longer offered the work stops; to read what one has written there is no harm.
    """
    if standing.translated_by is None or standing.translated_by == standing.owner or action not in FOR_ANOTHER:
        return False
    theirs = next((one for one in all_chapters(user) if one.pk == standing.translated_by), None)
    if not may(user, TRANSLATE, theirs, locale=standing.language or None):
        return False
    if action != VIEW and not (standing.is_offered and owner is not None and owner.is_active):
        return False
    return is_public(standing.ref)


def _allows(one: RoleAssignment, action: str, chapter: Chapter, *, locale: str | None, what: str) -> bool:
    if not one.reaches(chapter) or not (one.speaks(locale) or action in IN_EVERY_LANGUAGE):
        return False
    if not _is_open_for(chapter, action, staff=one.role == Role.STAFF):
        return False
    if action in ACTIONS[one.role]:
        return True
    return action == PUBLISH and one.role == Role.EDITOR and chapter.editors_publish(what)


def _is_open_for(chapter: Chapter, action: str, *, staff: bool) -> bool:
    """A suspended or archived chapter stands still."""
    return chapter.is_active or action in (ALWAYS_FOR_STAFF if staff else ALWAYS)


def _is_superuser(user: Any) -> bool:
    return bool(user and getattr(user, "is_superuser", False) and user.is_active)


def all_chapters(user: Any) -> list[Chapter]:
    """Every chapter, read once for each user object."""
    if user is None or not getattr(user, "is_authenticated", False):
        return []
    if "_all_chapters" not in user.__dict__:
        user.__dict__["_all_chapters"] = list(Chapter.objects.all())
    found: list[Chapter] = user.__dict__["_all_chapters"]
    return found
