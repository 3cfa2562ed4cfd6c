"""Translations: what is public in one's chapters and waits for one's languages, and what other chapters offer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.views import View

from chapters import rights
from chapters.desk import translations, whose
from chapters.moderation import offering
from chapters.moderation.items import edit_url, find
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
        """The language that was asked for, else the first; what one's chapters have, or what others offer."""
        chapters = whose.chapters_looked_at(request)
        languages = translations.languages_to_write(request.user, chapters)
        language = request.GET.get("language", "")
        language = language if language in languages else next(iter(sorted(languages)), "")
        of_others = request.GET.get("of") == "others"
        writing = languages.get(language, [])
        rows = (
            translations.offered_by_others(request.user, language)
            if of_others
            else translations.to_write(language, writing)
        )
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("p", ""))
        names = {chapter.code: chapter for chapter in rights.all_chapters(request.user)}
        return self.show(
            rows=[{"entry": entry, "chapter": names.get(entry.owner, entry.owner)} for entry in page.object_list],
            begun=translations.begun_for_others(language, writing, A_PAGE) if of_others else [],
            page_obj=page,
            others=f"language={language}{'&of=others' if of_others else ''}",
            of_others=of_others,
            writing_for=writing[:1],
            tabs=[(code, language_name(code, get_language() or "en")) for code in sorted(languages)],
            language=language,
            several=of_others or len(chapters) > 1,
            switch=self.switch(),
        )


class BeginOffered(View):
    """Begin what another chapter offers, in a language of one's own."""

    def post(self, request: HttpRequest, ref: str, language: str) -> HttpResponse:
        """To the form of the new draft. What readers do not have is not there."""
        user: Any = request.user
        item = find(ref)
        if item is None or not rights.is_public(ref):
            raise Http404
        code = request.POST.get("chapter", "")
        chapter = next((one for one in rights.all_chapters(user) if one.code == code), None)
        if chapter is None:
            raise Http404
        try:
            row = offering.begin(item, language, chapter=chapter, user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("federation_item", ref)
        return redirect(edit_url(row))
