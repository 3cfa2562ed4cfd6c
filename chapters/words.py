"""Facts live once, words are translated: each model says which of its fields are which, and a check enforces it."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from wagtail_localize.fields import TranslatableField


class WordsAndFacts:
    """Mixin of models whose rows come in several languages.

    `words` are translated; `facts` stand on the original row alone and are read from there, whatever the language;
    `neither` names what is machinery. Every field of the model's own must be in one of the three.
    """

    words: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    neither: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Tell wagtail-localize and `copy_for_translation` what follows from the declaration."""
        super().__init_subclass__(**kwargs)
        cls.translatable_fields = [TranslatableField(name) for name in cls.words]  # type: ignore[attr-defined]
        # A required fact would make "submit for translation" a 500 (wagtail-localize 1.14.5): they are left empty.
        cls.exclude_fields_in_copy = list(cls.facts)  # type: ignore[attr-defined]


class DraftShown:
    """Pages as the admin previews them, and as people see them who have passed a view restriction: never cached."""

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        """One template for all (Wagtail 8.0.1 gives each class a `template` of its own name, past inheritance)."""
        return "chapters/preview.html"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The document of this draft, made like the register's."""
        from .documents import blocks_document

        lang = self.locale.language_code  # type: ignore[attr-defined]
        document = {
            "locale": lang,
            "title": self.title,  # type: ignore[attr-defined]
            "summary": getattr(self, "summary", "") or getattr(self, "introduction", ""),
            "body": blocks_document(getattr(self, "body", None), lang=lang),
        }
        return {**super().get_context(request, *args, **kwargs), "document": document}  # type: ignore[misc]

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Not public, so nobody keeps it."""
        response = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store"
        return response


def own_fields(model: Any) -> set[str]:
    """Names of the fields and child relations that the product gave to a model: not Wagtail's and not keys."""
    foreign = {"wagtail", "wagtail_localize", "modelcluster", "taggit"}
    fields = {field.name for field in model._meta.get_fields() if not field.auto_created and not field.primary_key}
    relations = {relation.get_accessor_name() for relation in getattr(model._meta, "child_relations", [])}
    inherited: set[str] = set()
    for base in model.__mro__[1:]:
        if base.__module__.split(".")[0] in foreign and hasattr(base, "_meta"):
            inherited |= {field.name for field in base._meta.get_fields()}
            inherited |= {relation.get_accessor_name() for relation in getattr(base._meta, "child_relations", [])}
    return (fields | relations) - inherited - {"page_ptr", "wagtail_admin_comments", "index_entries"}


def declared(model: type[WordsAndFacts]) -> set[str]:
    """What a model has declared."""
    return {*model.words, *model.facts, *model.neither}


def check_words_and_facts(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """System check: no field without a declaration, none declared twice, and no fact that a row must have."""
    models = [model for model in apps.get_models() if issubclass(model, WordsAndFacts)]
    return [message for model in models for message in _check(model)]


def _check(model: Any) -> Iterable[CheckMessage]:
    for name in sorted(own_fields(model) - declared(model)):
        yield Error(
            f"{model.__name__}.{name} is declared neither as words nor as a fact.",
            hint="Add it to `words`, `facts` or `neither`, and decide whether the register shows it.",
            obj=model,
            id="federation.E010",
        )
    for name in sorted(set(model.words) & set(model.facts)):
        yield Error(f"{model.__name__}.{name} is declared as words and as a fact.", obj=model, id="federation.E011")
    for name in model.facts:
        field = next((field for field in model._meta.fields if field.name == name), None)
        if field is not None and (
            not (field.null or field.empty_strings_allowed) or (field.has_default() and callable(field.default))
        ):
            yield Error(
                f"{model.__name__}.{name} is a fact, so it must be nullable and must not have a callable default.",
                hint="Translations leave facts empty; the form requires them on originals.",
                obj=model,
                id="federation.E012",
            )
