"""What articles are found by, and what they are linked with; filled by the next round, not here."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add clues and links, and the indexes that a million articles need in place of those that they do not."""
    op.create_table(
        "clues",
        sa.Column("clue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("dated", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_clues_article"),
        sa.PrimaryKeyConstraint("clue", "dated", "at", "article", name="pk_clues"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "links",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_links_article"),
        sa.ForeignKeyConstraint(["other"], ["articles.id"], name="fk_links_other"),
        sa.PrimaryKeyConstraint("article", "other", name="pk_links"),
        sqlite_with_rowid=False,
    )
    op.add_column("articles", sa.Column("clue_scheme", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("ix_articles_settled", "articles")
    op.drop_index("ix_articles_published", "articles")
    op.drop_index("ix_articles_dated_relevant_models", "articles")
    op.create_index("ix_articles_settled_relevant_clue_scheme", "articles", ["settled", "relevant", "clue_scheme"])
    op.create_index("ix_articles_published_relevant", "articles", ["published", "relevant"])
    op.create_index("ix_verdicts_article", "verdicts", ["article"])
