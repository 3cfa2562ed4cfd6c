"""Words of a text and the terms they are found under."""

import time

import pytest

from search.analysis import Asked, asked, fold, marked, nearest_words, phrases, terms, words


def test_each_word_has_its_exact_form_and_its_stem_in_the_language_of_the_text() -> None:
    assert terms("Deux avocates torturées", "fr") == [
        ["deux", "fr_deux"],
        ["avocates", "fr_avocat"],
        ["torturees", "fr_tortur"],
    ]


def test_what_is_elided_or_appended_is_no_word() -> None:
    assert [word.exact for word in words("l’avocat qu'elle attend", "fr")] == ["avocat", "elle", "attend"]
    assert [word.exact for word in words("the women's march", "en")] == ["the", "women", "march"]
    assert [word.exact for word in words("prendê-los", "pt")] == ["prende"]


def test_a_symbol_is_found_as_a_whole_and_by_its_parts() -> None:
    assert terms("A/RES/70/161", "fr") == [["a", "fr_a", "_a_res_70_161"], ["res", "fr_re"], ["70"], ["161"]]
    assert asked("a/res/70/161", ["en"]) == Asked(
        ("_a_res_70_161",), (("a", "res", "70", "161"), ("en_a", "en_res", "70", "161"))
    )


def test_a_word_with_a_hyphen_is_also_found_without_it() -> None:
    assert terms("co-operation", "en")[0] == ["co", "en_co", "cooperation", "en_cooper"]
    assert asked("cooperation", ["en"]) == Asked(("cooperation", "en_cooper"), ())


def test_scripts_without_blanks_are_read_in_pairs_of_signs() -> None:
    assert terms("人权卫士", "zh-hans") == [["人权", "人"], ["权卫", "权"], ["卫士", "卫", "士"]]
    assert asked("人权卫士", ["zh-hans"]) == Asked((), (("人权", "权卫", "卫士"),))
    assert asked("（人权", ["en", "zh-hans"]) == Asked(("人权",), ())
    assert asked("权", ["zh-hans"]) == Asked(("权",), ())


def test_a_query_word_is_taken_for_a_word_of_each_language() -> None:
    assert asked("Tortures", ["fr", "en", "ar", "ru"]) == Asked(("tortures", "fr_tortur", "en_tortur"), ())
    assert asked("l'avocat", ["fr"]) == Asked(("avocat", "fr_avocat"), ())
    assert asked("tort", ["fr", "en"], prefix=True) == Asked(("tort",), ())
    assert asked("تعذ", ["ar"], prefix=True) == Asked(("تعذ", "التعذ", "والتعذ", "بالتعذ", "للتعذ"), ())
    assert asked("«-»", ["fr"]) is None


def test_a_phrase_is_looked_for_as_written_and_by_the_stems_of_each_language() -> None:
    assert phrases("libertés d'expression", ["fr"]) == (("libertes", "expression"), ("fr_libert", "fr_expression"))
    assert phrases("…", ["fr"]) == ()


def test_places_are_those_of_the_text_as_given() -> None:
    text = "Œuvre de l’avocate E\u0301LUE, co-opération"
    spans = marked(text, "fr", [found for word in ("avocats", "élue", "coopération") if (found := asked(word, ["fr"]))])
    assert [text[start:end] for start, end in spans] == ["avocate", "E\u0301LUE", "co-opération"]


def test_a_phrase_is_marked_where_its_words_follow_each_other() -> None:
    text = "expression libre, liberté d'expression"
    assert marked(text, "fr", [Asked((), phrases("libertés d’expression", ["fr"]))]) == [(18, 38)]
    beginning = asked("exp", ["fr"], prefix=True)
    assert beginning is not None
    assert marked(text, "fr", [], [beginning]) == [(0, 10), (28, 38)]


@pytest.mark.parametrize(
    "flood",
    [
        "(" * 10_000,
        "\0" * 10_000,
        "\ud800" * 10_000,
        "a" + "\u0301\u0316" * 50_000,
        "a." * 20_000,
        "a-" * 20_000 + "!",
        "\u0301" * 100_000,
        "क" + "\u093f" * 100_000,
        "½" * 10_000,
        "a" * 200_000,
    ],
    ids=lambda flood: ascii(flood[:3]),
)
def test_floods_are_harmless_and_leave_no_sign_that_a_database_refuses(flood: str) -> None:
    started = time.process_time()
    found = [term for position in terms(flood, "fr") for term in position]
    asked(flood, ["fr", "en", "ar"])
    fold(flood)
    assert time.process_time() - started < 2
    assert all(len(term) <= 70 and "\0" not in term and term.encode() for term in found)


def test_folding_unifies_case_accents_ligatures_letter_forms_and_digits() -> None:
    assert fold("  ŒUVRE d'ÉTÉ\n Straße ") == "oeuvre d'ete strasse"
    assert fold("مُسْـــتَشْفى أُسرة مسئول ٢٠٢٢") == "مستشفي اسره مسءول 2022"
    assert fold("Ёлка И\u0306од") == "елка иод"
    assert fold("서울 がく") == "서울 がく"


def test_what_is_misspelt_is_near_to_what_was_meant() -> None:
    vocabulary = ["torture", "tortoise", "detention", "القضاء", "liberte"]
    assert nearest_words("tortrue", vocabulary) == ["torture"]
    assert nearest_words("libérté", vocabulary) == []
    assert nearest_words("detentoin", vocabulary) == ["detention"]
    assert nearest_words("القصاء", vocabulary) == ["القضاء"]
    assert nearest_words("the", ["then", "thee"]) == []
