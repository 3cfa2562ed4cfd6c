"""Pages that need no database, no register and no reader's language: for when something is wrong or being mended."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path

from federation.vocabulary.languages import direction
from search.api.answers import problem
from search.api.http import as_response

from .reading import POLICY
from .styles import sheet

Words = Mapping[str, tuple[str, str]]

# Not in the catalogues: whatever is broken, these can be read. English stands first where no language was asked for.
BROKEN: Words = {
    "en": ("Something went wrong on our side", "It has been noted. Please try again in a while."),
    "fr": ("Une erreur s’est produite de notre côté", "Elle a été signalée. Merci de réessayer un peu plus tard."),
    "es": ("Algo ha fallado por nuestra parte", "Ha quedado registrado. Inténtelo de nuevo dentro de un rato."),
    "ar": ("حدث خطأ من جهتنا", "تم تسجيل الخطأ. يرجى المحاولة مرة أخرى بعد قليل."),
}
MENDING: Words = {
    "en": ("We will be back shortly", "The site is being worked on. Everything on it is safe."),
    "fr": ("Nous revenons très bientôt", "Le site est en cours de maintenance. Rien de son contenu n’est perdu."),
    "es": ("Volvemos enseguida", "El sitio está en mantenimiento. Todo su contenido está a salvo."),
    "ar": ("سنعود قريبًا", "تجري حاليًا صيانة الموقع، وكل محتواه محفوظ."),
}


def plain_page(request: HttpRequest, words: Words, *, status: int) -> HttpResponse:
    """The words in every language of theirs, that of the address first; for the API the first of them as a problem."""
    if request.path_info.startswith("/api/"):
        heading, text = words["en"]
        return as_response(problem(status, heading, text))
    lang = get_language_from_path(request.path_info) or "en"
    order = sorted(words, key=lambda code: code != lang)
    said = [{"lang": code, "dir": direction(code), "heading": words[code][0], "text": words[code][1]} for code in order]
    style = sheet("")
    response = HttpResponse(render_to_string("home/plain.html", {"said": said, "sheet": style}), status=status)
    response["Content-Security-Policy"] = POLICY.format(style=style.source)
    response["Cache-Control"] = "no-store"
    return response
