"""Where `scrapy crawl` finds its settings: `crawler.defaults`, and what `launchwire.toml` and the environment say."""

from crawler import config, defaults
from crawler.errors import one_line

globals().update({name: value for name, value in vars(defaults).items() if name.isupper()})
with one_line():
    globals().update(defaults.for_config(config.load()))
