"""Arrows point down: foreign keys and page-tree rules as imports do."""

import subprocess
import sys
from collections.abc import Iterator

from django.db.models import Field, Model
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page, get_page_models

from .storeys import ROOT, named, our_models, storey_of


def relations() -> Iterator[tuple[type[Model], Field, type[Model]]]:
    """Every relation that a model of ours declares: model, field, target."""
    for model in our_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many, *model._meta.private_fields]:
            target = getattr(field, "related_model", None)
            if field.is_relation and isinstance(target, type) and not field.auto_created:
                yield model, field, target


def our_page_models() -> list[type[Page]]:
    return [model for model in get_page_models() if storey_of(model) >= 0]


def rule(model: type[Page], name: str) -> list[type[Page]]:
    """The page models that a rule of a page model names; nothing when it has no such rule of its own."""
    return [resolve_model_string(given, model._meta.app_label) for given in getattr(model, name, None) or []]


def test_the_walk_sees_models_relations_and_page_types() -> None:
    names = {named(model) for model in our_models()}
    assert {"home.HomePage", "cases.Statement", "chapters.Chapter", "search.Entry", "vocabulary.Theme"} <= names
    found = {(named(model), field.name, named(target)) for model, field, target in relations()}
    assert ("cases.Statement", "owner", "chapters.Chapter") in found
    assert ("chapters.ArticlePage", "countries", "vocabulary.Country") in found
    assert rule(next(m for m in our_page_models() if m.__name__ == "NewsIndexPage"), "subpage_types")


def test_foreign_keys_point_to_the_same_storey_or_down() -> None:
    upwards = [
        f"{named(model)}.{field.name} -> {named(target)}"
        for model, field, target in relations()
        if storey_of(target) > storey_of(model)
    ]
    assert upwards == []


def test_pages_name_no_parents_and_no_children_that_live_upstairs() -> None:
    upwards = [
        f"{named(model)}.{name} names {named(other)}"
        for model in our_page_models()
        for name in ("parent_page_types", "subpage_types")
        for other in rule(model, name)
        if storey_of(other) > storey_of(model)
    ]
    assert upwards == []


def test_a_page_and_its_parents_agree_on_who_may_stand_under_whom() -> None:
    disagreeing = [
        f"{named(parent)} wants {named(child)} below it, which does not"
        for parent in our_page_models()
        for child in rule(parent, "subpage_types")
        if parent not in child.allowed_parent_page_models()
    ]
    assert disagreeing == []


def test_import_contracts_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
