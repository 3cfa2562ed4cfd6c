"""What the forms of a word have in common, beyond the judged set."""

import pytest

from search.analysis import words

# Words of one line share a stem; words of different lines of one language do not.
FAMILIES = {
    "en": [
        ["organise", "organized", "organisation"],
        ["organ", "organs"],
        ["defender", "defenders", "defended"],
        ["defendant", "defendants"],
        ["minority", "minorities"],
        ["minor", "minors"],
    ],
    "fr": [
        ["libération", "libéré", "libérer", "liberer"],
        ["citoyenne", "citoyens"],
        ["professionnelle", "professionnel"],
        ["active", "actif", "actifs"],
        ["policière", "policiers"],
        ["police", "polices"],
        ["pétition", "pétitions"],
        ["petit", "petites"],
        ["interdit", "interdites"],
        ["soumis", "soumises"],
    ],
    "es": [
        ["liberación", "liberada", "liberar"],
        ["género", "géneros"],
        ["generación", "generaciones"],
        ["presidenta", "presidentes"],
        ["cámara", "cámaras"],
        ["cama", "camas"],
    ],
    "pt": [
        ["libertação", "libertada", "libertações"],
        ["projecto", "projetos"],
        ["actividade", "atividades"],
        ["papel", "papéis"],
        ["livre", "livres"],
        ["livro", "livros"],
    ],
    "ar": [
        ["جمعية", "الجمعيات", "جمعيتهم"],
        ["الجمعة", "جمعة"],
        ["فلسطين", "الفلسطينيين", "فلسطينية"],
        ["الالتزام", "التزامات", "بالتزام"],
        ["سوريا", "السوريين", "سورية"],
        ["والدة", "الوالدين"],
    ],
    "ru": [
        ["правозащитник", "правозащитников", "правозащитнику"],
        ["украинец", "украинца", "украинцы"],
        ["задержание", "задержания"],
    ],
}


@pytest.mark.parametrize("language", FAMILIES)
def test_forms_of_one_word_share_a_stem_that_no_other_word_has(language: str) -> None:
    stems = [{words(form, language)[0].stem for form in family} for family in FAMILIES[language]]
    assert [family for family, found in zip(FAMILIES[language], stems, strict=True) if len(found) != 1] == []
    assert len(set.union(*stems)) == len(FAMILIES[language])


def test_a_first_letter_that_may_be_a_word_of_its_own_leaves_both_readings() -> None:
    word = words("ولتعذيب", "ar")[0]
    assert (word.exact, word.stem, word.more) == ("ولتعذيب", "ar_ولتعذيب", ("ar_لتعذيب", "ar_تعذيب"))
    assert words("وزارة", "ar")[0].more == ()


def test_a_surname_and_a_genitive_are_both_considered() -> None:
    assert words("Миронов", "ru")[0].more == ("ru_миронов",)


def test_words_of_another_script_are_taken_for_words_of_its_language() -> None:
    assert [word.stem for word in words("Le mot « التعذيب », пытками", "fr")] == [
        "fr_le",
        "fr_mot",
        "ar_تعذيب",
        "ru_пытк",
    ]
    assert [word.stem for word in words("سازمان‌ها", "fa")] == ["سازمانها"]
    assert words("Права людини", "uk")[0].stem == "права"
