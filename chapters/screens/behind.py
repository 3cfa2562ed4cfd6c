"""Translations: what is public in one's chapters and waits for one's languages."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy

from chapters import rights
from chapters.desk import translations, whose
from federation.vocabulary.languages import language_name

from .things import A_PAGE, OfMyChapters


class Behind(OfMyChapters):
    """One language as a tab: first what is outdated, then what is missing."""

    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"
    template_name = "chapters/screens/translations.html"

    def may_enter(self, user: Any) -> bool:
        """Whoever translates somewhere."""
        return rights.may_somewhere(user, rights.TRANSLATE)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The language that was asked for, else the first."""
        chapters = whose.chapters_looked_at(request)
        languages = translations.languages_to_write(request.user, chapters)
        language = request.GET.get("language", "")
        language = language if language in languages else next(iter(sorted(languages)), "")
        rows = translations.to_write(language, languages.get(language, []))
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("p", ""))
        names = {chapter.code: chapter for chapter in chapters}
        return self.show(
            rows=[{"entry": entry, "chapter": names.get(entry.owner, entry.owner)} for entry in page.object_list],
            page_obj=page,
            others=f"language={language}",
            tabs=[(code, language_name(code, get_language() or "en")) for code in sorted(languages)],
            language=language,
            several=len(names) > 1,
            switch=self.switch(),
        )
