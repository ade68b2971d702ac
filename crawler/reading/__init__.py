"""Bytes to entries and articles; each library that reads a format lives in one file here."""
