"""What the media say to those above them."""

from django.dispatch import Signal

# A stored picture or document has another file, focal point or credit now, or is gone.
# `names`: storage names that it had; whoever has shown one of them shows it again. Sent inside the transaction.
files_changed = Signal()
