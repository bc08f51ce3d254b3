"""The register's row of now for each site, kept in step with what the ledger writes."""

from collections.abc import Collection

import sqlalchemy as sa


def refresh(connection: sa.Connection, codes: Collection[str]) -> None:
    """Work out the rows of ``codes`` anew, in the caller's transaction."""
