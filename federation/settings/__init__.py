"""Settings: base, and what development, embedded, test and production do differently."""
