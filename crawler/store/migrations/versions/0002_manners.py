"""Manners: robots.txt, hosts that asked for patience, where validators came from, how long documents hold."""

import sqlalchemy as sa
from alembic import op

from crawler.store.types import Span, UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what good manners must remember."""
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("fetched", UtcDateTime(), nullable=False),
        sa.Column("stale_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("origin", name="pk_robots"),
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_hosts"),
    )
    op.add_column("sources", sa.Column("validated_url", sa.Text(), nullable=True))
    op.add_column("sources", sa.Column("ttl", Span(), nullable=True))
