"""manage.py tend: what has to be done each minute, by a scheduler or by `make run`."""

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from search.chores import do_chores
from search.reconciliation import reconcile

# A full comparison takes at most this share of the time.
SHARE = 20


class Command(BaseCommand):
    """Publishes and expires what is scheduled, does the apps' chores, finishes carries, repairs the register."""

    help = "Publish what is scheduled, do the apps' chores, repair the register. Run it each minute."

    # When the last full comparison began, and how long it took; a process that lives long compares fully now and then.
    last_began = 0.0
    last_took = 0.0

    def handle(self, *args: Any, **options: Any) -> None:
        """Quick always; in full whenever that costs no more than a twentieth of the time."""
        call_command("publish_scheduled", verbosity=0)
        do_chores()
        began = time.monotonic()
        deep = began - Command.last_began >= Command.last_took * SHARE
        found = reconcile(deep=deep)
        if deep:
            Command.last_began, Command.last_took = began, time.monotonic() - began
        if options["verbosity"] and found.differences:
            self.stdout.write(f"{found.differences} differences repaired.")
