"""wagtail-localize behind the gate: it asks for one permission of the whole installation, or for none (1.14.5)."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from chapters import rights
from chapters.models import Chapter, OfferedForTranslation

from .actions import fenced_models
from .references import may_refer_to


def guard_submitting() -> None:
    """A page that is submitted takes no item along, whoever owns it; called once, from `ready()`.

    wagtail-localize 1.14.5 makes a translation of every translatable snippet that a page refers to by a chooser. Our
    own pages refer by ref (chapters/blocks.py); those of a project that installs these apps may not.
    """
    if not hasattr(TranslationCreator.create_translations, "guarded"):
        TranslationCreator.create_translations = _without_items(TranslationCreator.create_translations)


def _without_items(create: Callable[..., None]) -> Callable[..., None]:
    @wraps(create)
    def guarded(self: Any, instance: Any, include_related_objects: bool = True) -> None:
        # What is submitted itself comes with its related objects, a related object without its own.
        if include_related_objects or not isinstance(instance, fenced_models()):
            create(self, instance, include_related_objects=include_related_objects)

    guarded.guarded = True  # type: ignore[attr-defined]
    return guarded


def pass_gate(request: HttpRequest, view: str, kwargs: dict[str, Any]) -> None:
    """Go on, or Http404 for what is not the user's, PermissionDenied for a language that is not."""
    user: Any = request.user
    if view.startswith("snippets_api"):
        _refuse_fenced(kwargs["app_label"], kwargs["model_name"])
    elif "translation_id" in kwargs:
        _pass_translation(request, view, kwargs)
    elif view == "submit_page_translation":
        _pass_submission(request, Page.objects.filter(pk=kwargs["page_id"]).first())
    elif view == "submit_snippet_translation":
        _pass_submission(request, _fenced_row(kwargs))
    elif view == "convert_to_alias":
        _pass_conversion(request, Page.objects.filter(pk=kwargs["page_id"]).first())
    elif view == "update_translations":
        _pass_update(request, TranslationSource.objects.filter(pk=kwargs["translation_source_id"]).first())
    elif not rights.is_staff(user) and view != "javascript_catalog":
        raise PermissionDenied


def chapter_of(thing: Any) -> Chapter | None:
    """The chapter that a page or item belongs to."""
    if isinstance(thing, Page):
        from chapters.register import chapter_of as chapter_of_page

        return chapter_of_page(thing)
    return Chapter.objects.filter(pk=rights.standing_of(thing).owner or 0).first()


def may_translate(user: Any, thing: Any, locales: Iterable[str]) -> bool:
    """Whether somebody translates this into all these languages. What belongs to no chapter is staff's."""
    chapter = chapter_of(thing)
    if chapter is None:
        return rights.is_staff(user)
    return all(rights.may(user, rights.TRANSLATE, chapter, locale=locale) for locale in locales)


def _pass_translation(request: HttpRequest, view: str, kwargs: dict[str, Any]) -> None:
    translation = (
        Translation.objects.select_related("source", "target_locale").filter(pk=kwargs["translation_id"]).first()
    )
    source = _source_instance(translation.source) if translation else None
    if translation is None or source is None:
        raise Http404
    if not may_translate(request.user, source, [translation.target_locale.language_code]):
        raise Http404
    if view == "edit_override" and request.method == "PUT":
        _refuse_foreign_files(request)


def _refuse_foreign_files(request: HttpRequest) -> None:
    """An override may name a picture or document by its key. Their keys are not told apart here, so both are asked."""
    value = _put_value(request)
    for model in (get_image_model(), get_document_model()):
        named = value.isdecimal() and model._default_manager.filter(pk=value).exists()
        if named and not may_refer_to(request.user, model, value):
            raise PermissionDenied(_("This names something that is not yours to choose."))


def _put_value(request: HttpRequest) -> str:
    """What the editor sends: a form in the body of a PUT, which Django does not read into POST."""
    from django.http import QueryDict

    return QueryDict(request.body).get("value", "") or ""


def _pass_submission(request: HttpRequest, thing: Any) -> None:
    """From the original only (a translation of a translation has two sources), into languages of the chapter."""
    if thing is None or not may_translate(request.user, thing, []) or not _works_there(request.user, thing):
        raise Http404
    foreign = TranslationSource.objects.filter(object_id=thing.translation_key).exclude(locale=thing.locale)
    if getattr(thing, "source_id", None) is not None or foreign.exists():
        raise PermissionDenied(_("This is a translation. Translate the original."))
    if request.method != "POST":
        return
    keys = [key for key in request.POST.getlist("locales") if key.isdecimal()]
    wanted = list(Locale.objects.filter(pk__in=keys).values_list("language_code", flat=True))
    chapter = chapter_of(thing)
    own = wanted if chapter is None or not isinstance(thing, Page) else chapter.languages
    if not set(wanted) <= set(own) or not may_translate(request.user, thing, wanted):
        raise PermissionDenied(_("You do not translate into this language here."))
    if isinstance(thing, OfferedForTranslation) and _written_by_others(thing, wanted):
        raise PermissionDenied(
            _("Another chapter writes this language already. You find its words on the item's page.")
        )


def _written_by_others(thing: Any, codes: list[str]) -> bool:
    """Whether wagtail-localize would write over what another chapter has translated."""
    rows = thing.get_translations().filter(locale__language_code__in=codes, translated_by__isnull=False)
    return bool(rows.exclude(translated_by=thing.owner_id).exists())


def _works_there(user: Any, thing: Any) -> bool:
    chapter = chapter_of(thing)
    return rights.is_staff(user) if chapter is None else rights.may(user, rights.TRANSLATE, chapter)


def _pass_conversion(request: HttpRequest, page: Page | None) -> None:
    """A translation that becomes an alias is gone for readers: for who publishes it (1.14.5 asks who may edit)."""
    thing = page.specific if page is not None else None
    what = getattr(thing, "register_type", "")
    if thing is None or not rights.may(
        request.user, rights.PUBLISH, chapter_of(thing), locale=thing.locale.language_code, what=what
    ):
        raise PermissionDenied(_("Publishing this takes a moderator of its chapter."))


def _pass_update(request: HttpRequest, source: TranslationSource | None) -> None:
    thing = _source_instance(source) if source else None
    if source is None or thing is None or not _works_there(request.user, thing):
        raise Http404
    locales = list(source.translations.filter(enabled=True).values_list("target_locale__language_code", flat=True))
    if not may_translate(request.user, thing, locales):
        raise PermissionDenied(_("You do not translate into all of its languages."))
    if request.method == "POST" and request.POST.get("publish_translations"):
        chapter = chapter_of(thing)
        what = getattr(thing.specific if isinstance(thing, Page) else thing, "register_type", "")
        if not rights.is_staff(request.user) and not rights.may(request.user, rights.PUBLISH, chapter, what=what):
            raise PermissionDenied(_("Publishing this takes a moderator of its chapter."))


def _source_instance(source: TranslationSource) -> Any:
    try:
        return source.get_source_instance()
    except Exception as error:  # deleted, or of a model that is no more
        raise Http404 from error


def _fenced_row(kwargs: dict[str, Any]) -> Any:
    names = (kwargs["app_label"], kwargs["model_name"])
    model = next((one for one in fenced_models() if (one._meta.app_label, one._meta.model_name) == names), None)
    key = unquote(str(kwargs["pk"]))
    return model._base_manager.filter(pk=key).first() if model is not None and key.isdecimal() else None


def _refuse_fenced(app_label: str, model_name: str) -> None:
    if any((one._meta.app_label, one._meta.model_name) == (app_label, model_name) for one in fenced_models()):
        raise Http404
