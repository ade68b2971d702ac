"""Where an article's page says that the same stands in other languages; known from the next reading of a page on."""

import sqlalchemy as sa
from alembic import op

from crawler.store.types import TextTuple

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column, empty."""
    op.add_column("articles", sa.Column("translations", TextTuple(), nullable=False, server_default="[]"))
