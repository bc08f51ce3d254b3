"""The field's nouns as frozen dataclasses and their pure changes; no I/O."""
