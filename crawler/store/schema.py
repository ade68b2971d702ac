"""The tables. A change here needs a migration in `migrations/versions`."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from crawler.store.types import Span, TextTuple, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sources = Table(
    "sources",
    metadata,
    Column("source", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("next_check", UtcDateTime),
    Column("last_check", UtcDateTime),
    Column("last_success", UtcDateTime),
    Column("last_new", UtcDateTime),
    Column("newest", UtcDateTime),
    Column("failures", Integer, nullable=False, default=0),
    Column("problem", Text),
    Column("paused_until", UtcDateTime),
    Column("validated_url", Text),
    Column("ttl", Span),
    Column("moved_to", Text),
    Column("moved_since", UtcDateTime),
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("fetched", UtcDateTime, nullable=False),
    Column("stale_at", UtcDateTime, nullable=False),
    Column("status", Integer),
    Column("body", LargeBinary, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Column("refusals", Integer, nullable=False),
    Column("status", Integer, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Integer, primary_key=True),
    # No foreign key: articles point here already, and two tables that need each other cannot be created in turn.
    Column("lead", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("brands", TextTuple, nullable=False),
    Column("models", TextTuple, nullable=False),
    Column("guessed", TextTuple, nullable=False),
    Column("dates", JSON, nullable=False),
    Column("created", UtcDateTime, nullable=False),
    Column("updated", UtcDateTime, nullable=False),
    Column("merged_into", Integer, ForeignKey("stories.id"), index=True),
    # An id is never given twice, also not after its row is gone.
    sqlite_autoincrement=True,
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False, index=True),
    Column("canonical_url", Text, nullable=False, index=True),
    Column("guid", Text),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("authors", TextTuple, nullable=False),
    Column("image", Text),
    Column("videos", TextTuple, nullable=False),
    Column("translations", TextTuple, nullable=False),
    Column("published", UtcDateTime, nullable=False),
    Column("dated", Text, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("updated", UtcDateTime),
    Column("page_read", Boolean, nullable=False, default=False),
    Column("relevant", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("stage", Text),
    Column("brands", TextTuple, nullable=False),
    Column("models", TextTuple, nullable=False),
    Column("guessed", TextTuple, nullable=False),
    Column("dates", JSON, nullable=False),
    Column("why", TextTuple, nullable=False),
    Column("duplicate_of", Integer, ForeignKey("articles.id")),
    Column("story", Integer, ForeignKey("stories.id"), index=True),
    # False until the stories have taken note of the article as it now is.
    Column("settled", Boolean, nullable=False, default=False),
    # The `scheme` in which its clues and links are kept; 0 for none.
    Column("clue_scheme", Integer, nullable=False, default=0, server_default="0"),
    UniqueConstraint("source", "canonical_url"),
    Index("ix_articles_source_guid", "source", "guid"),
    # No index begins with what is the same for most rows: SQLite, which keeps no statistics here, might take it.
    Index("ix_articles_published_relevant", "published", "relevant"),
    Index("ix_articles_settled_relevant_clue_scheme", "settled", "relevant", "clue_scheme"),
    sqlite_autoincrement=True,
)

# What relevant articles are found by, in the order in which is asked; what an article said before may linger here.
clues = Table(
    "clues",
    metadata,
    Column("clue", BigInteger, primary_key=True, autoincrement=False),
    Column("dated", Integer, primary_key=True, autoincrement=False),
    # Seconds since 1970.
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("article", Integer, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("points", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Articles of which neither can be placed without looking at the other; each pair stands here both ways.
links = Table(
    "links",
    metadata,
    Column("article", Integer, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("other", Integer, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Written by triggers alone, those of migration 0007: whatever changes what a reader is told of a story adds a line.
changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("story", Integer, nullable=False),
    # Random: tells this line from the line of that number in a copy of the store that went another way.
    Column("mark", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", Integer, ForeignKey("articles.id"), nullable=False, index=True),
    Column("other", Integer, ForeignKey("articles.id"), nullable=False),
    Column("same", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

visits = Table(
    "visits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("outcome", Text, nullable=False),
    Column("http", Integer),
    Column("entries", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("ms", Integer, nullable=False),
    Column("problem", Text),
    Index("ix_visits_source_at", "source", "at"),
)
