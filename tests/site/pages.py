"""Pages as a reader sees them."""

import re
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client


@dataclass
class Seen:
    """What stands on a page."""

    status: int
    html: BeautifulSoup
    headers: Any

    def texts(self, selector: str) -> list[str]:
        """The words of every element that a selector finds."""
        return [" ".join(found.get_text(" ").split()) for found in self.html.select(selector)]

    def links(self, selector: str) -> list[str]:
        """Where every link leads that a selector finds."""
        return [str(found["href"]) for found in self.html.select(selector)]

    @property
    def titles(self) -> list[str]:
        """Titles of the rows of a listing."""
        return self.texts(".results .rows h2")

    @property
    def count(self) -> tuple[int, int, int]:
        """First, last and total of a listing; zeros when nothing is found."""
        numbers = re.findall(r"\d+", self.texts(".count strong")[0]) if self.html.select(".count strong") else []
        first, last, total = (int(number) for number in numbers or (0, 0, 0))
        return first, last, total


def look(client: Client, path: str, **headers: str) -> Seen:
    """A page."""
    response = client.get(path, headers=headers)
    return Seen(response.status_code, BeautifulSoup(response.content.decode(), "lxml"), response.headers)
