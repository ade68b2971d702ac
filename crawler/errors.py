"""The errors Launchwire raises on purpose.

Each says in one line what is wrong and what to do; the command line prints that line and exits with `exit_code`.
"""


class LaunchwireError(Exception):
    """Base of all errors that are the user's or the world's, not a defect."""

    exit_code = 1


class ConfigError(LaunchwireError):
    """A setting, an argument or a file given by the user is wrong."""

    exit_code = 2


class CatalogueError(ConfigError):
    """The catalogue names a source that cannot be right; the text names its table and key."""


class StoreError(LaunchwireError):
    """The store cannot be opened, read or written."""


class ReadingError(LaunchwireError):
    """A document gave no entries.

    Args:
        reason: One word for the round log, such as `unparsable`, `blocked` or `empty`.
        detail: What was seen, for a person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class ExportError(LaunchwireError):
    """The site folder cannot be written."""
