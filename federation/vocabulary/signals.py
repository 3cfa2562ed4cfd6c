"""What the vocabulary tells."""

from django.dispatch import Signal

# A label or place in its tree has changed. Arguments: name ("theme", "kind", "country" or "region"), code.
labels_changed = Signal()
