"""The audit trail as a table and as CSV."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry

from chapters import rights
from chapters.desk import trail

from .screen import Screen
from .spreadsheet import harmless
from .things import A_PAGE

AT_ONCE = 500


class AuditTrail(Screen):
    """Who did what, the newest first; narrowed by person, chapter, action and period."""

    page_title = gettext_lazy("Audit trail")
    header_icon = "history"
    template_name = "chapters/screens/audit.html"

    def may_enter(self, user: Any) -> bool:
        """Whoever reads the trail of some chapter."""
        return trail.reads_all(user) or rights.may_somewhere(user, rights.AUDIT)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this."""
        return [*self.breadcrumbs_items, *self.crumbs()]

    def get(self, request: HttpRequest) -> Any:
        """The table, or with `export=csv` the file."""
        keys = trail.trail(request.user, self._asked())
        if request.GET.get("export") == "csv":
            return _file(request.user, keys)
        return self._table(keys)

    def _table(self, keys: Any) -> HttpResponse:
        page = Paginator(keys, A_PAGE).get_page(self.request.GET.get("p", ""))
        asked = self.request.GET.copy()
        for name in ("p", "export"):
            asked.pop(name, None)
        return self.show(
            rows=trail.deeds(self.request.user, page.object_list),
            page_obj=page,
            others=asked.urlencode(),
            asked=self.request.GET,
            chapters=self._chapters(),
            people=trail.people_in(self.request.user),
            actions=sorted(registry.get_choices(), key=lambda pair: str(pair[1])),
        )

    def _chapters(self) -> list[Any]:
        user: Any = self.request.user
        where = rights.chapters_where(user, rights.AUDIT)
        found = [one for one in rights.all_chapters(user) if one.pk in where or trail.reads_all(user)]
        return sorted(found, key=lambda one: one.path)

    def _asked(self) -> trail.Asked:
        asked = self.request.GET
        person = asked.get("person", "")
        until = _day(asked.get("until", ""))
        return trail.Asked(
            chapter=next((one for one in self._chapters() if one.code == asked.get("chapter")), None),
            person=int(person) if person.isascii() and person.isdigit() and len(person) < 10 else None,
            action=asked.get("action", "")[:255],
            since=_day(asked.get("since", "")),
            until=until + timedelta(days=1) if until else None,
        )


def _day(text: str) -> datetime | None:
    """The beginning of a day as it was typed; None for what is none, or has no day after it."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    if day is None or day >= date.max:
        return None
    return timezone.make_aware(datetime.combine(day, time.min))


class _Line:
    """What a writer of CSV writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def _file(user: Any, keys: Any) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_lines(user, keys), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _lines(user: Any, keys: Any) -> Iterator[str]:
    """The whole trail, a few hundred lines at a time."""
    writer = csv.writer(_Line())
    heading = (_("Time (UTC)"), _("Person"), _("Action"), _("Type"), _("Title"), _("Chapter"), _("Reason"))
    yield "\ufeff" + writer.writerow(heading)
    remaining = keys.iterator()
    while some := list(islice(remaining, AT_ONCE)):
        for one in trail.deeds(user, some):
            cells = (one.at.isoformat(), one.who, one.action, one.what, one.title, str(one.chapter or ""), one.note)
            yield writer.writerow([harmless(cell) for cell in cells])
