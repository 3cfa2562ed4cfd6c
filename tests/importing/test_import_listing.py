"""A listing with every defect that exports have goes in, twice, and after an interruption."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from cases.importing.dates import SlashOrder, read_date, slash_order
from cases.importing.html import blocks_of
from cases.importing.writing import Writer
from cases.models import ImportedRow, Statement
from chapters.models import Chapter, EventPage
from search.changes import current
from search.models import Change, Entry, EntryFacet
from tests.factories import locale, publish

pytestmark = pytest.mark.django_db

HEAD = "date,title,kind,themes,countries,language,url,id,body\n"


@pytest.fixture
def listing(tmp_path: Path) -> Callable[..., Path]:
    """A file with these lines below the heading."""

    def write(*lines: str, head: str = HEAD, name: str = "listing.csv") -> Path:
        path = tmp_path / name
        path.write_bytes((head + "\n".join(lines) + "\n").encode("utf-8", errors="surrogateescape"))
        return path

    return write


def run(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_listing", str(path), stdout=out, **options)
    return out.getvalue()


def titles() -> dict[str, str]:
    return dict(Entry.objects.filter(type__in=["statement", "event"]).values_list("title", "kind"))


def test_kinds_are_known_by_code_singular_and_plural_in_every_language(federation: object, listing: Any) -> None:
    path = listing(
        "2015-11-24,A,Statements",
        "2015-11-24,B,Urgent Interventions",
        "2015-11-24,C,press-release",
        "2015-11-24,D,Rapports",
        "2015-11-24,E,رسالة مفتوحة",
        "2015-11-24,F,Events",
        head="date,title,kind\n",
    )
    assert run(path, chapter="tn").startswith("6 rows: 6 created, 0 rejected.")
    assert titles() == {
        "A": "statement",
        "B": "urgent-intervention",
        "C": "press-release",
        "D": "report",
        "E": "open-letter",
        "F": "event",
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Korea, (South) Republic of", "KR"),
        ("Korea, (North) Democratic People's Republic of", "KP"),
        ("Congo, Democratic Republic", "CD"),
        ("Congo", "CG"),
        ("Syrian Arab Republic", "SY"),
        ("Russian Federation", "RU"),
        ("Moldova, Republic of", "MD"),
        ("Tanzania, United Republic of", "TZ"),
        ("Ivory Coast", "CI"),
        ("Tunisie", "TN"),
        ("تونس", "TN"),
        ("TN", "TN"),
        ("Micronesia, Federated States of", "FM"),
        ("Dominica", "DM"),
        ("Dominican Republic", "DO"),
    ],
)
def test_countries_in_the_forms_of_older_sites(federation: object, listing: Any, written: str, code: str) -> None:
    run(listing(f'2015-11-24,T,Statements,,"{written}",,,,'), chapter="tn")
    assert list(EntryFacet.objects.filter(entry__title="T", name="country").values_list("value", flat=True)) == [code]


@pytest.mark.parametrize(("keep", "title"), [(False, "what happened"), (True, "Tunisia: what happened")])
def test_a_country_before_the_title_is_kept_or_lost(federation: object, listing: Any, keep: bool, title: str) -> None:
    path = listing(
        "2015-11-24,Tunisia: what happened,Statements,,Tunisia,,,,",
        "2015-11-24,Algeria: stays,Statements,,Tunisia,,,,",
        "2015-11-24,Note: stays too,Statements,,Tunisia,,,,",
    )
    out = run(path, chapter="tn", keep_country_prefix=keep)
    assert set(titles()) == {title, "Algeria: stays", "Note: stays too"}
    assert "Not matched" not in out


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11/24/2015", "2015-11-24"),
        ("2015-11-24", "2015-11-24"),
        ("2015-11-24T09:30:00Z", "2015-11-24"),
        ("24.11.2015", "2015-11-24"),
        ("4. 3. 2015", "2015-03-04"),
        ("November 24, 2015", "2015-11-24"),
        ("24 novembre 2015", "2015-11-24"),
        ("24 de noviembre de 2015", "2015-11-24"),
        ("Nov 2015", "2015-11"),
        ("2015-11", "2015-11"),
        ("2015", "2015"),
        ("3/4/2015", "2015-03-04"),
    ],
)
def test_dates(text: str, day: str) -> None:
    assert read_date(text, SlashOrder(day_first=False)) == day


@pytest.mark.parametrize("text", ["", "soon", "2015-02-31", "31.02.2015", "13/13/2015", "24 2015", "November"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        read_date(text, SlashOrder(day_first=False))


def test_slashes_are_read_in_one_order_for_the_whole_file() -> None:
    assert slash_order(["3/4/2015", "24/11/2015"]) == SlashOrder(day_first=True, ambiguous=1)
    assert slash_order(["3/4/2015", "11/24/2015"]) == SlashOrder(day_first=False, ambiguous=1)
    assert read_date("3/4/2015", slash_order(["24/11/2015"])) == "2015-04-03"


def test_html_becomes_blocks_without_scripts_pictures_and_layout() -> None:
    source = """<div class="x"><h2>Head</h2><p style="color:red">One &amp; <strong>two</strong> <a href="https://example.org/"
    onclick="x()">link</a><script>alert(1)</script></p><p>&nbsp;</p><ol start="4"><li>four</li><li>five</li></ol>
    <blockquote>said</blockquote>loose<img src="x"><a href="javascript:x()">bad</a></div>"""
    assert [(block["type"], block["value"]) for block in blocks_of(source)] == [
        ("heading", {"text": "Head", "level": "2", "anchor": ""}),
        ("paragraph", '<p>One &amp; <b>two</b> <a href="https://example.org/">link</a></p>'),
        (
            "list",
            {
                "title": "",
                "anchor": "",
                "items": [{"number": "4.", "text": "<p>four</p>"}, {"number": "5.", "text": "<p>five</p>"}],
            },
        ),
        ("quote", {"text": "said", "source": ""}),
        ("paragraph", "<p>loose<a>bad</a></p>"),
    ]
    assert [block["value"] for block in blocks_of("One.\n\nTwo < three & four.")] == [
        "<p>One.</p>",
        "<p>Two &lt; three &amp; four.</p>",
    ]


def test_wrong_rows_are_rejected_with_number_and_reason_and_the_rest_goes_in(
    federation: object, listing: Any, tmp_path: Path
) -> None:
    path = listing(
        "2015-11-24,Good,Statements,,Tunisia,,,,",
        "2015-11-24,,Statements,,Tunisia,,,,",
        "2015-11-24,Odd kind,Proclamations,,Tunisia,,,,",
        "2015-11-24,Odd country,Statements,,Atlantis,,,,",
        "2015-11-24,Br\udce9ken,Statements,,Tunisia,,,,",
        "31.02.2015,Odd day,Statements,,Tunisia,,,,",
        '2015-11-24,"Two\nlines",Statements,Atlantology|Torture and ill-treatment,"Tunisia|France",,,,',
    )
    rejects = tmp_path / "rejects.csv"
    out = run(path, chapter="tn", rejects=rejects)
    assert out == (
        "7 rows: 2 created, 5 rejected.\n"
        "  row 3: The title is empty.\n"
        "  row 4: Unknown kind “Proclamations”: correct it, or map it with --kinds.\n"
        "  row 5: Unknown country “Atlantis”: correct it, or map it with --countries.\n"
        "  row 6: The row is not in UTF-8: some of its letters are lost. Export the file as UTF-8.\n"
        "  row 7: “31.02.2015” is no date.\n"
        f"The rejected rows are in {rejects}: correct them there and import that file.\n"
        "Not matched, with how often:\n"
        "  1 × kind “Proclamations”\n"
        "  1 × country “Atlantis”\n"
        "  1 × theme “Atlantology”\n"
    )
    assert set(titles()) == {"Good", "Two lines"}
    corrected = (
        rejects.read_text(encoding="utf-8-sig").replace("Proclamations", "Reports").replace("Atlantis", "Greece")
    )
    corrected = (
        corrected.replace("31.02.2015", "28.02.2015").replace("Br\ufffdken", "Broken").replace("24,,", "24,Now,")
    )
    rejects.write_text(corrected, encoding="utf-8")
    assert run(rejects, chapter="tn").startswith("5 rows: 5 created, 0 rejected.")


def test_mapping_files(federation: object, listing: Any, tmp_path: Path) -> None:
    kinds, themes, countries = (tmp_path / name for name in ("kinds.csv", "themes.csv", "countries.csv"))
    kinds.write_text("Proclamations,appeal\n", encoding="utf-8")
    themes.write_text('"Torture, etc.",torture\nRubbish,\n', encoding="utf-8")
    countries.write_text("Atlantis,GR\n", encoding="utf-8")
    path = listing('2015-11-24,T,Proclamations,"Torture, etc.|Rubbish",Atlantis,,,,')
    out = run(path, chapter="tn", kinds=kinds, themes=themes, countries=countries)
    assert out == "1 rows: 1 created, 0 rejected.\n"
    facets = set(EntryFacet.objects.filter(entry__title="T").values_list("name", "value"))
    assert {("kind", "appeal"), ("theme", "torture"), ("country", "GR")} <= facets


def test_the_same_file_again_changes_nothing(federation: object, listing: Any) -> None:
    path = listing(
        "2015-11-24,A,Statements,,Tunisia,en,https://old.example.org/a,1,Text",
        "2015-11-24,B,Statements,,Tunisia,en,https://old.example.org/b,,Text",
        "2015-11-24,C,Statements,,Tunisia,en,,,Text",
        "2015-11-24,D,Events,,Tunisia,en,,4,Text",
        "2015-11-24,A en français,Statements,,Tunisia,fr,,1,Texte",
    )
    assert run(path, chapter="tn").startswith("5 rows: 4 created, 1 translated, 0 rejected.")
    before = (current()[0], Revision.objects.count(), list(Entry.objects.values()), ModelLogEntry.objects.count())
    assert run(path, chapter="tn") == "5 rows: 5 unchanged, 0 rejected.\n"
    assert (
        current()[0],
        Revision.objects.count(),
        list(Entry.objects.values()),
        ModelLogEntry.objects.count(),
    ) == before


def test_the_same_id_in_another_language_is_a_translation(federation: object, listing: Any) -> None:
    run(listing("2015-11-24,A,Reports,,Tunisia,en,,7,Text", "2016-01-01,أ,Reports,,France,ar,,7,نص"), chapter="tn")
    first, second = Entry.objects.filter(type="statement").order_by("-original")
    assert (first.ref, first.title, first.locale) == (second.ref, "A", "en")
    assert (second.title, second.locale, second.date.isoformat()) == ("أ", "ar", "2015-11-24")
    assert [code["code"] for code in json.loads(second.card)["countries"]] == ["TN"]


def test_a_changed_row_updates_its_item_and_ref_and_address_stay(federation: object, listing: Any) -> None:
    run(listing("2015-11-24,Before,Reports,,Tunisia,en,,7,Text"), chapter="tn")
    before = Entry.objects.get(type="statement")
    assert run(listing("2015-11-25,After,Reports,,France,en,,7,Text"), chapter="tn").startswith("1 rows: 1 changed")
    after = Entry.objects.get(type="statement")
    assert (after.ref, after.title, after.date.isoformat()) == (before.ref, "After", "2015-11-25")


def test_what_an_editor_has_changed_is_left_alone_unless_asked(federation: object, listing: Any) -> None:
    run(listing("2015-11-24,Before,Reports,,Tunisia,en,,7,Text"), chapter="tn")
    statement = Statement.objects.get()
    statement.title = "By hand"
    publish(statement)
    changed = listing("2015-11-24,By file,Reports,,Tunisia,en,,7,Text")
    assert "rows 2" in run(changed, chapter="tn")
    assert Statement.objects.get().title == "By hand"
    run(changed, chapter="tn", overwrite_edited=True)
    assert Statement.objects.get().title == "By file"


def test_rows_in_languages_that_chapter_and_site_lack_go_in(federation: object, listing: Any, client: Client) -> None:
    run(listing("2015-11-24,Relatório,Reports,,,pt,,1,Texto", "2015-11-24,Reunião,Events,,,pt,,2,Texto"), chapter="fr")
    report, meeting = (Entry.objects.get(locale="pt", type=name) for name in ("statement", "event"))
    assert report.path == f"/en/statements/relatório-{report.ref}/?locale=pt"
    assert client.get(report.path).status_code == 200
    assert meeting.path.startswith("/fr/fr/events/reuniao-")
    assert "Reunião" in client.get(meeting.path).content.decode()


def test_the_old_address_leads_to_the_new_one(federation: object, listing: Any, client: Client) -> None:
    run(listing("2015-11-24,A,Reports,,Tunisia,en,https://old.example.org/news/2015/a.html,7,Text"), chapter="tn")
    entry = Entry.objects.get(type="statement")
    response = client.get("/news/2015/a.html")
    assert (response.status_code, response["Location"]) == (301, entry.path)


def test_a_dry_run_writes_nothing(federation: object, listing: Any) -> None:
    out = run(listing("2015-11-24,A,Reports,,,,,,", "2015-11-24,B,Nonsense,,,,,,"), chapter="tn", dry_run=True)
    assert out.startswith("2 rows: 1 would go in, 1 rejected.")
    assert not Statement.objects.exists()


def test_interrupted_the_same_file_completes_it(federation: object, listing: Any, monkeypatch: Any) -> None:
    path = listing(*(f"2015-11-24,Row {number},Reports,,,,,{number}," for number in range(120)))
    write, batches = Writer.write, []

    def interrupted(self: Writer, rows: Any) -> Any:
        done = write(self, rows)
        batches.append(rows)
        if len(batches) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(Writer, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(path, chapter="tn")
    monkeypatch.undo()
    there = Statement.objects.count()
    assert there == ImportedRow.objects.count() == Entry.objects.filter(type="statement").count() == 100
    assert run(path, chapter="tn").startswith(f"120 rows: {there} unchanged, {120 - there} created")
    assert Statement.objects.count() == 120


def test_an_imported_row_is_just_as_one_published_by_hand(federation: object, listing: Any) -> None:
    path = listing("2015-11-24,Lighthouse,Reports,Press freedom,Tunisia|France,en,,1,<p>Text</p>")
    run(path, chapter="tn")
    imported = Statement.objects.get()
    by_hand = Statement(
        owner=Chapter.objects.get(code="tn"), locale=locale("en"), title="Lighthouse", kind_id="report",
        dated="2015-11-24",
        body=json.dumps([{"type": "paragraph", "value": "<p>Text</p>", "id": "import-0"}]), live=False,
    )  # fmt: skip
    by_hand.save()
    by_hand.countries.set(imported.countries.all())
    by_hand.themes.set(imported.themes.all())
    by_hand.save()
    by_hand = publish(by_hand)
    assert _row(imported) == _row(by_hand)
    assert _revision(imported) == _revision(by_hand)
    assert _references(imported) == _references(by_hand)
    assert _entry(imported) == _entry(by_hand)
    assert [(c.what, c.type, c.locale) for c in Change.objects.filter(ref=imported.ref)] == [("put", "statement", "en")]
    backend_hits = {item.pk for item in _search("Lighthouse")}
    assert backend_hits == {imported.pk, by_hand.pk}
    assert set(ModelLogEntry.objects.for_instance(imported).values_list("action", flat=True)) == {
        "wagtail.create",
        "wagtail.publish",
    }


OWN = {
    "id",
    "ref",
    "translation_key",
    "first_published_at",
    "last_published_at",
    "live_revision",
    "latest_revision",
    "pk",
}


def _row(statement: Statement) -> dict[str, Any]:
    return {f.name: str(getattr(statement, f.attname)) for f in statement._meta.concrete_fields if f.name not in OWN}


def _revision(statement: Statement) -> dict[str, Any]:
    content = statement.live_revision.content
    children = [{k: v for k, v in row.items() if k not in {"pk", "content_object"}} for row in content["themed"]]
    volatile = OWN | {"live", "has_unpublished_changes", "themed"}
    return {**{k: v for k, v in content.items() if k not in volatile}, "themed": children}


def _references(statement: Statement) -> set[Any]:
    rows = ReferenceIndex.get_references_for_object(statement)
    ours = rows.exclude(model_path__startswith="themed")
    return set(ours.values_list("to_content_type", "to_object_id", "model_path"))


def _entry(statement: Statement) -> Any:
    entry = Entry.objects.get(ref=statement.ref)
    document = json.loads(entry.document.replace(entry.ref, "REF"))
    facets = set(entry.facets.values_list("name", "value"))
    return {**document, "updated_at": "", "published_at": ""}, facets, entry.found_by, entry.date


def _search(text: str) -> Any:
    from wagtail.search.backends import get_search_backend

    return get_search_backend().search(text, Statement)


def test_json_lines(federation: object, listing: Any) -> None:
    row = {"date": "2015-11-24", "title": "J", "kind": "Reports", "countries": ["Tunisia", "France"], "id": 5}
    path = listing("{nonsense", head=json.dumps(row) + "\n", name="listing.jsonl")
    assert run(path, chapter="tn").splitlines()[:2] == [
        "2 rows: 1 created, 1 rejected.",
        "  row 2: This line is no JSON.",
    ]


def test_semicolons_and_marks_of_byte_order(federation: object, listing: Any) -> None:
    path = listing("24.11.2015;Été, hiver;Rapports", head="\ufeffdate;title;kind\n")
    assert run(path, chapter="tn") == "1 rows: 1 created, 0 rejected.\n"
    assert "Été, hiver" in titles()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"chapter": "tnn"}, "There is no chapter 'tnn'. Did you mean 'tn'?"),
        ({"kinds": Path("/nowhere.csv")}, "cannot be read"),
    ],
)
def test_bad_arguments_say_what_is_wrong(federation: object, listing: Any, options: Any, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence.replace("?", r"\?")):
        run(listing("2015-11-24,A,Reports"), **options)


def test_a_file_without_the_needed_columns(federation: object, listing: Any) -> None:
    with pytest.raises(CommandError, match="it lacks: kind"):
        run(listing("2015-11-24,A", head="date,title\n"))


def test_rejects_keep_further_columns(federation: object, listing: Any, tmp_path: Path) -> None:
    path = listing("2015-11-24,,Reports,kept", head="date,title,kind,comment\n")
    run(path, chapter="tn", rejects=tmp_path / "r.csv")
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(iter(csv.DictReader(file)))["comment"] == "kept"


def test_events_keep_the_tree_sound(federation: object, listing: Any) -> None:
    run(listing(*(f"2015-11-24,Meeting {number},Events,,,en,,e{number}," for number in range(5))), chapter="tn")
    assert EventPage.objects.count() == 5
