"""The store: SQLAlchemy Core over SQLite; the only place that knows SQL."""
