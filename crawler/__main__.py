"""`python -m crawler` is `launchwire`."""

from crawler.cli import main

# A guard, since the parser's worker process imports this module again.
if __name__ == "__main__":
    main()
