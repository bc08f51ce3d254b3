"""Adopted rule sets, and the rows of standards that a person has checked.

Revision ID: 0008
Revises: 0007
"""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    pass
