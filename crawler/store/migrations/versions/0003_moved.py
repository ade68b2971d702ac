"""Sources that have moved: where to, and since when."""

import sqlalchemy as sa
from alembic import op

from crawler.store.types import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what a person is told of a source that has moved."""
    op.add_column("sources", sa.Column("moved_to", sa.Text(), nullable=True))
    op.add_column("sources", sa.Column("moved_since", UtcDateTime(), nullable=True))
