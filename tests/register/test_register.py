"""Put and withdraw: rows, log, tombstones, mentions."""

import json
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from search import register
from search.carries import carry, work_through_carries
from search.changes import current
from search.models import Address, Change, Entry, EntryFacet
from search.reconciliation import reconcile

from .things import Letters, thing, version

pytestmark = pytest.mark.django_db


def log() -> list[tuple[str, str, str]]:
    return list(Change.objects.values_list("what", "ref", "locale"))


def test_a_thing_has_one_entry_for_each_language_and_one_line_in_the_log(letters: Letters) -> None:
    register.put([thing("aa22", "en", "fr")])
    assert list(Entry.objects.order_by("locale").values_list("ref", "locale", "original", "sequence")) == [
        ("aa22", "en", True, 1),
        ("aa22", "fr", False, 2),
    ]
    assert log() == [("put", "aa22", "en"), ("put", "aa22", "fr")]


def test_the_same_thing_again_changes_nothing(letters: Letters) -> None:
    register.put([thing("aa22", "en", "fr")])
    before = list(Entry.objects.values())
    register.put([thing("aa22", "en", "fr")])
    assert list(Entry.objects.values()) == before
    assert current()[0] == 2


def test_facets_hold_ancestors_regions_and_the_year(letters: Letters) -> None:
    register.put([thing("aa22", themes=("torture",))])
    values = set(EntryFacet.objects.values_list("name", "value"))
    assert {
        ("type", "letter"),
        ("kind", "open-letter"),
        ("owner", "tn"),
        ("chapter", "tn"),
        ("chapter", "maghreb"),
        ("chapter", "world"),
        ("country", "TN"),
        ("region", "mena"),
        ("theme", "torture"),
        ("year", "2015"),
    } <= values


def test_a_thing_without_country_region_and_theme_is_found_as_such(letters: Letters) -> None:
    register.put([thing("aa22", countries=(), themes=())])
    those = EntryFacet.objects.filter(name__in=("country", "region", "theme"))
    assert sorted(those.values_list("name", "value")) == [("country", "global"), ("region", "none"), ("theme", "none")]


def test_what_was_in_the_register_before_is_found_as_such_after_the_migration(letters: Letters) -> None:
    register.put([thing("aa22", "en", "fr", countries=(), themes=("torture",)), thing("bb22", countries=("TN",))])
    expected = sorted(EntryFacet.objects.values_list("entry__ref", "entry__locale", "name", "value"))
    migration = import_module("search.migrations.0005_nothing_is_a_value")
    migration.remove(apps, None)
    assert not EntryFacet.objects.filter(value="none").exists()
    migration.add(apps, None)
    assert sorted(EntryFacet.objects.values_list("entry__ref", "entry__locale", "name", "value")) == expected


def test_a_language_that_a_thing_no_longer_has_is_withdrawn(letters: Letters) -> None:
    register.put([thing("aa22", "en", "fr")])
    register.put([thing("aa22", "en")])
    assert list(Entry.objects.values_list("locale", flat=True)) == ["en"]
    assert ("withdrawn", "aa22", "fr") in log()


def test_what_stays_no_longer_names_a_withdrawn_language(letters: Letters) -> None:
    register.put([thing("aa22", "en", "fr")])
    register.withdraw("letter", ["aa22"], ["fr"])
    english = Entry.objects.get()
    for document in (english.card, english.document):
        assert [translation["locale"] for translation in json.loads(document)["translations"]] == ["en"]
    assert log()[-2:] == [("withdrawn", "aa22", "fr"), ("put", "aa22", "en")]


def test_withdrawing_what_was_never_public_leaves_no_line(letters: Letters) -> None:
    assert register.withdraw("letter", ["nothing"]) == 0
    assert log() == []


def test_what_was_only_written_ahead_leaves_no_tombstone(letters: Letters) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    register.put([thing("aa22", versions=(version(visible_from=tomorrow),))])
    assert not Entry.objects.public().exists()
    assert Entry.objects.public(tomorrow).exists()
    register.withdraw("letter", ["aa22"])
    assert [what for what, _, _ in log()] == ["put"]


def test_an_embargo_put_on_a_public_thing_is_a_tombstone_for_followers(letters: Letters) -> None:
    register.put([thing("aa22")])
    register.put([thing("aa22", versions=(version(visible_from=timezone.now() + timedelta(days=1)),))])
    assert log() == [("put", "aa22", "en"), ("withdrawn", "aa22", "en")]


def test_refresh_withdraws_what_its_type_no_longer_gives(letters: Letters) -> None:
    letters.all["aa22"] = thing("aa22")
    register.refresh("letter", ["aa22"])
    letters.all.clear()
    register.refresh("letter", ["aa22"])
    assert not Entry.objects.exists()
    assert log()[-1] == ("withdrawn", "aa22", "en")


def test_if_the_register_fails_nothing_of_it_is_written(letters: Letters) -> None:
    good, bad = thing("aa22"), replace(thing("bb33"), date=None)
    with pytest.raises(Exception):  # noqa: B017 - whatever the database or the row says
        register.put([good, bad])
    assert not Entry.objects.exists()
    assert not Change.objects.exists()


def test_an_old_path_still_leads_to_the_thing_that_moved(letters: Letters) -> None:
    register.put([thing("aa22")])
    register.put([thing("aa22", versions=(version(path="/en/letters/new/"),))])
    assert dict(Address.objects.values_list("path", "ref")) == {"/en/letters/aa22/": "aa22", "/en/letters/new/": "aa22"}


def test_what_mentions_a_withdrawn_thing_is_written_again(letters: Letters) -> None:
    letters.all["aa22"] = thing("aa22", versions=(version(references=("bb33",), path="/en/letters/aa22/"),))
    letters.all["bb33"] = thing("bb33")
    register.refresh("letter", ["aa22", "bb33"])
    letters.all["aa22"] = thing("aa22", versions=(version(title="Mentions nobody", path="/en/letters/aa22/"),))
    register.withdraw("letter", ["bb33"])
    assert Entry.objects.get(ref="aa22").title == "Mentions nobody"


def test_a_new_name_is_carried_in_batches_that_survive_a_stop(
    letters: Letters, django_capture_on_commit_callbacks
) -> None:
    refs = [f"r{number:04}" for number in range(120)]
    letters.all = {ref: thing(ref) for ref in refs}
    register.refresh("letter", refs)
    for ref in refs:
        letters.all[ref] = thing(ref, versions=(version(title="After", path=f"/en/letters/{ref}/"),))
    with django_capture_on_commit_callbacks(execute=False):
        carry("chapter", "tn")
    assert Entry.objects.filter(title="After").count() == 0
    assert work_through_carries() == 120
    assert Entry.objects.filter(title="After").count() == 120
    assert work_through_carries() == 0


def test_the_reconciler_counts_and_repairs_every_sort_of_difference(letters: Letters) -> None:
    letters.all = {ref: thing(ref) for ref in ("aa22", "bb33", "cc44")}
    register.refresh("letter", ["aa22", "bb33"])
    letters.all["bb33"] = thing("bb33", versions=(version(title="Otherwise", path="/en/letters/bb33/"),))
    del letters.all["aa22"]
    expected = ({"letter": 1}, {"letter": 1}, {"letter": 1})
    for dry_run in (True, False):
        found = reconcile(dry_run=dry_run)
        assert (+found.missing, +found.surplus, +found.outdated) == expected
    assert reconcile(dry_run=True).differences == 0
    assert sorted(Entry.objects.values_list("ref", "title")) == [
        ("bb33", "Otherwise"),
        ("cc44", "Letter to a minister (en)"),
    ]


def test_a_rebuild_writes_lost_facets_again_without_a_line_in_the_log(letters: Letters) -> None:
    letters.all["aa22"] = thing("aa22")
    register.refresh("letter", ["aa22"])
    facets = set(EntryFacet.objects.values_list("name", "value"))
    EntryFacet.objects.all().delete()
    reconcile(rewrite=True)
    assert set(EntryFacet.objects.values_list("name", "value")) == facets
    assert current()[0] == 1
