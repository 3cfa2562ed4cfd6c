"""Words that hold a sentence together and say nothing of what it is about: articles, prepositions, conjunctions.

Only those that mean nothing else in any of our languages: not "on" (French "one"), "or" (French "gold"), "sur" (Spanish
"south"), "على" (folded, the name Ali), "US", "IT"; and no word that denies ("not", "sans", "ни").
"""

_FUNCTION_WORDS = frozenset(
    (
        *("the", "of", "and", "to", "for", "with", "at", "from", "by", "is", "are", "was", "were"),
        *("le", "la", "les", "de", "du", "des", "et", "aux", "au", "dans", "pour", "une", "ces", "cette"),
        *("el", "los", "las", "del", "y", "una", "unos", "unas", "para", "por", "con"),
        *("da", "das", "dos", "na", "nas", "em", "um", "uma", "com", "ao", "aos", "pela", "pelo"),
        *("في", "من", "الي", "عن", "مع", "و", "او", "التي", "الذي", "هذا", "هذه", "ذلك", "تلك"),
        *("и", "в", "во", "на", "с", "со", "о", "об", "по", "за", "из", "от", "для", "при", "у", "к"),
    )
)


def is_function_word(exact: str) -> bool:
    """Whether a folded word only holds a sentence together, in one language or another."""
    return exact in _FUNCTION_WORDS
