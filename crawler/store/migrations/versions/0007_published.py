"""A log of the stories that changed for readers, kept by triggers so that no writer can forget it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_KEPT = 200_000  # lines; a publication that knows only older ones starts anew
_STORY = ("lead", "title", "stage", "brands", "models", "guessed", "dates", "updated", "merged_into")
_ARTICLE = (
    "source",
    "url",
    "canonical_url",
    "title",
    "summary",
    "language",
    "authors",
    "image",
    "videos",
    "published",
    "dated",
    "first_seen",
    "relevant",
    "brands",
    "dates",
    "duplicate_of",
    "story",
)


def upgrade() -> None:
    """Add the log and what writes it."""
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sqlite_autoincrement=True,
    )
    _trigger("stories_new", "INSERT ON stories", "", "NEW.id")
    _trigger("stories_changed", "UPDATE ON stories", _differs(_STORY), "NEW.id", "OLD.merged_into", "NEW.merged_into")
    _trigger("stories_gone", "DELETE ON stories", "", "OLD.id", "OLD.merged_into")
    _trigger("articles_new", "INSERT ON articles", "NEW.story IS NOT NULL", "NEW.story")
    _trigger("articles_changed", "UPDATE ON articles", _differs(_ARTICLE), "OLD.story", "NEW.story")
    _trigger("articles_gone", "DELETE ON articles", "OLD.story IS NOT NULL", "OLD.story")
    op.execute(
        "CREATE TRIGGER changes_kept AFTER INSERT ON changes "  # noqa: S608 (our own number)
        f"BEGIN DELETE FROM changes WHERE id <= NEW.id - {_KEPT}; END"
    )


def _differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)


def _trigger(name: str, event: str, condition: str, *stories: str) -> None:
    when = f"WHEN {condition}" if condition else ""
    touched = " UNION ".join(f"SELECT {story} AS story" for story in stories)
    op.execute(
        f"CREATE TRIGGER {name} AFTER {event} {when} BEGIN INSERT INTO changes (story, mark) "  # noqa: S608 (our own words)
        f"SELECT story, randomblob(8) FROM ({touched}) WHERE story IS NOT NULL; END"
    )
