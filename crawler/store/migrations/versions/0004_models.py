"""An index that finds the articles that state a model, those without a date apart."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_articles_dated_relevant_models", "articles", ["dated", "relevant", "models"])
