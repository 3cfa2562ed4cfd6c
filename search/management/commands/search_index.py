"""manage.py search_index: look at the search index, build it anew, compare it with the register, follow the log."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.engines import Trouble, engine

# Differences that are printed one by one; of more, how many there are.
MOST_PRINTED = 20


class Command(BaseCommand):
    """What is done to the index of whichever engine is configured."""

    help = "The search index: status, rebuild, verify, follow."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One word says what to do."""
        parser.add_argument(
            "what",
            choices=("status", "rebuild", "verify", "follow"),
            help="status: how far it is behind. rebuild: anew, while readers read and editors publish. "
            "verify: every visible thing compared. follow: stay in step with the register until ended.",
        )

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """What a person can do something about is told in one sentence, with an exit status of 1."""
        try:
            getattr(self, what)()
        except Trouble as trouble:
            raise CommandError(str(trouble)) from trouble

    def status(self) -> None:
        """One line for each fact; an exit status of 1 while another engine has to answer."""
        for name, value in engine().status().items():
            self.stdout.write(f"{name}: {value}")
        if engine().health().degraded:
            raise CommandError("Searches are answered by the database until this is over.")

    def rebuild(self) -> None:
        """With progress on a terminal."""
        count = self._with_bar(engine().rebuild)
        self.stdout.write(f"{count} things indexed.")

    def verify(self) -> None:
        """With progress on a terminal; an exit status of 1 if anything differs."""
        differences = self._with_bar(engine().verify)
        for one in differences[:MOST_PRINTED]:
            self.stdout.write(f"{one.ref}: {one.what}")
        self.stdout.write(f"{len(differences)} differences.")
        if differences:
            raise CommandError("Index and register differ; `search_index rebuild` makes them agree.")

    def follow(self) -> None:
        """Until somebody ends it."""
        try:
            engine().follow_while(lambda: True)
        except KeyboardInterrupt:
            return

    def _with_bar(self, work: Callable[[Callable[[int], Any]], Any]) -> Any:
        with tqdm(total=engine().total(), unit="things", disable=None) as bar:
            return work(bar.update)
