"""The admin's screens of chapters: their list, opening, settings, status, people, health and access."""
