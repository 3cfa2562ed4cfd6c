"""The demonstration federation: README.md here says what the files hold."""
