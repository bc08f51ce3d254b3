"""The two doors, HTTP and terminal, onto the same verbs; only doors read settings."""
