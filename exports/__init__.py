"""What Launchwire writes for readers."""
