"""manage.py load_demo: the demonstration federation."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from home.demo import loading


class Command(BaseCommand):
    """Loads what is missing of the demonstration; a second time changes nothing."""

    help = "Load the demonstration federation: invented organisations, real countries. Again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Show progress on a terminal, then say what was made."""
        names = ("chapters", "cases", "statements", "articles", "events")
        with tqdm(total=sum(len(loading.read(name)) for name in names), unit="", disable=None) as bar:
            made = loading.load(lambda what: bar.update())
        self.stdout.write(f"Demonstration federation: {made} chapters and things made.")
