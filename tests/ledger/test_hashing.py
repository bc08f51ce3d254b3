"""Passwords are stored as argon2id of the cost that RFC 9106 asks for, whatever tests may do."""

import pytest
from argon2 import PasswordHasher

from gis.ledger import hashing


def test_a_password_is_stored_at_the_cost_of_the_low_memory_profile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hashing, "PasswordHasher", PasswordHasher)

    stored = hashing.hash_of("Qf-2026-ordinary")

    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert hashing.is_right(stored, "Qf-2026-ordinary")
    assert not hashing.is_right(stored, "Qf-2026-ordinarY")
    assert not hashing.is_right(None, "Qf-2026-ordinary")


def test_a_hash_that_nobody_can_read_fits_no_password() -> None:
    assert not hashing.is_right("not a hash", "Qf-2026-ordinary")
