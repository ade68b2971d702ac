"""Launchwire: phone launch news from many sources, told once."""

__version__ = "0.1.0"
