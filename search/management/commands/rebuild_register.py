"""manage.py rebuild_register: write the whole register again, while readers go on reading."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from search.management.commands.reconcile_register import describe
from search.reconciliation import count_expected, reconcile


class Command(BaseCommand):
    """Writes every entry again in short batches: at each moment a reader finds the old row or the new one."""

    help = "Write the whole register again from the content, without a gap for readers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Show progress on a terminal, then what differed from before."""
        with tqdm(total=count_expected(), unit="things", disable=None) as bar:
            found = reconcile(rewrite=True, progress=bar.update)
        self.stdout.write(describe(found, dry_run=False))
