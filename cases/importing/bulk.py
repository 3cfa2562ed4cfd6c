"""Many new statements at once, each just as if published by hand: row, relations, revision, indexes, audit log.

By hand a row costs 112 queries and 28 ms (measured); here a batch of fifty costs some thirty queries.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from cases.models import Statement, ThemedStatement
from federation.vocabulary.models import Country, Theme


class NewStatement:
    """A statement about to be written, with the relations it will have."""

    def __init__(self, statement: Statement, countries: Sequence[Country], themes: Sequence[Theme]) -> None:
        """Nothing is saved yet."""
        self.statement, self.countries, self.themes = statement, countries, themes


def publish_all(new: list[NewStatement]) -> None:
    """Write and publish. The caller's transaction holds them all, and puts them into the register after."""
    now = timezone.now()
    statements = [each.statement for each in new]
    for statement in statements:
        statement.live, statement.has_unpublished_changes = True, False
        statement.first_published_at = statement.last_published_at = now
    Statement.objects.bulk_create(statements)
    _relate(new)
    revisions = _revisions(statements)
    for statement, revision in zip(statements, revisions, strict=True):
        statement.live_revision = statement.latest_revision = revision
    Statement.objects.bulk_update(statements, ["live_revision", "latest_revision"])
    _log(statements, revisions)
    _index(statements)


def _relate(new: list[NewStatement]) -> None:
    through: Any = Statement._meta.get_field("countries").remote_field.through  # type: ignore[union-attr]
    through.objects.bulk_create(
        [through(statement_id=each.statement.pk, country_id=country.pk) for each in new for country in each.countries]
    )
    themed = [[ThemedStatement(content_object=each.statement, tag=theme) for theme in each.themes] for each in new]
    ThemedStatement.objects.bulk_create([one for several in themed for one in several])
    for each, several in zip(new, themed, strict=True):
        # What modelcluster would read from the database, one query for each relation of each row.
        each.statement._cluster_related_objects = {
            "countries": list(each.countries),
            "themed": several,
            "tagged_items": several,
            "sources": [],
            "co_publications": [],
        }


def _revisions(statements: list[Statement]) -> list[Revision]:
    content_type = ContentType.objects.get_for_model(Statement)
    return Revision.objects.bulk_create(
        Revision(
            content_type=content_type,
            base_content_type=content_type,
            object_id=str(statement.pk),
            created_at=statement.last_published_at,
            object_str=str(statement),
            content=statement.serializable_data(),
        )
        for statement in statements
    )


def _log(statements: list[Statement], revisions: list[Revision]) -> None:
    content_type = ContentType.objects.get_for_model(Statement)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=content_type,
            label=str(statement),
            action=action,
            timestamp=statement.last_published_at,
            revision=revision,
            object_id=str(statement.pk),
            content_changed=True,
            data=json.loads("{}"),
        )
        for statement, revision in zip(statements, revisions, strict=True)
        for action in ("wagtail.create", "wagtail.publish")
    )


def _index(statements: list[Statement]) -> None:
    """Wagtail's index of references and its search index: bulk_create sends none of the signals they follow."""
    content_type = ContentType.objects.get_for_model(Statement)
    references = [
        ReferenceIndex(
            content_type=content_type,
            base_content_type=content_type,
            object_id=statement.pk,
            to_content_type_id=to_content_type,
            to_object_id=to_object,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for statement in statements
        for to_content_type, to_object, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(statement)
        )
    ]
    ReferenceIndex.objects.bulk_create(references, ignore_conflicts=True)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Statement, statements)
