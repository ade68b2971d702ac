"""What Launchwire decides, as plain functions over frozen dataclasses; nothing here reads, fetches or stores."""
