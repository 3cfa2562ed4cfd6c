"""What waits for review: for staff in all chapters, for others in theirs, with a clock against the promised time."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy

from chapters.desk import waiting, whose
from federation.vocabulary.languages import language_name
from search.types import declared

from .things import A_PAGE, OfMyChapters


class Queue(OfMyChapters):
    """The list, the most urgent first."""

    page_title = gettext_lazy("Reviews")
    header_icon = "tasks"
    template_name = "chapters/screens/queue.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """As it was asked for; what may be asked for comes from what waits."""
        everything = waiting.waiting_in_view_of(request.user)
        chosen = whose.chosen_chapter(request)
        if chosen:
            everything = [one for one in everything if one.chapter == chosen or one.is_mine]
        rows = [one for one in everything if self._is_asked_for(one)]
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("p", ""))
        asked = request.GET.copy()
        asked.pop("p", None)
        return self.show(
            rows=page.object_list,
            page_obj=page,
            others=asked.urlencode(),
            asked=request.GET,
            is_empty=not everything,
            overdue=sum(one.days_over > 0 for one in everything),
            count=len(everything),
            chapters=sorted({one.chapter.code: one.chapter for one in everything}.items()),
            types=[(name, _type_label(name)) for name in sorted({one.type_name for one in everything})],
            languages=[(code, _language(code)) for code in sorted({one.language for one in everything})],
            switch=self.switch(),
        )

    def _is_asked_for(self, one: waiting.Waiting) -> bool:
        asked = self.request.GET
        return (
            asked.get("chapter", "") in {"", one.chapter.code}
            and asked.get("type", "") in {"", one.type_name}
            and asked.get("language", "") in {"", one.language}
            and (one.is_mine or asked.get("who") != "me")
            and (one.days_over > 0 or asked.get("clock") != "late")
        )


def _type_label(name: str) -> str:
    labels = declared()[name].label if name in declared() else {}
    return labels.get(get_language() or "") or labels.get("en", name)


def _language(code: str) -> str:
    return language_name(code, get_language() or "en")
