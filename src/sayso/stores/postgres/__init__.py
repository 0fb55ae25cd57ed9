"""The team's store, on a PostgreSQL server; needs the extra `sayso[postgres]`."""

from sayso.stores.postgres.store import PostgresStore

__all__ = ["PostgresStore"]
