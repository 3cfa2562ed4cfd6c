"""The analysis of texts: which terms a text is found under, and which terms a query may find. No database in here."""

from .asking import Asked, asked, phrases
from .folding import fold
from .function_words import is_function_word
from .marking import marked
from .nearness import nearest_words
from .stems import LANGUAGES
from .words import Word, terms, words

# Goes up whenever some text gets other terms: an index made by another version is to be built again.
VERSION = 4

__all__ = [
    "LANGUAGES",
    "VERSION",
    "Asked",
    "Word",
    "asked",
    "fold",
    "is_function_word",
    "marked",
    "nearest_words",
    "phrases",
    "terms",
    "words",
]
