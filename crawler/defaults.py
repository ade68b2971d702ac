"""Scrapy's settings for this project: our manners and safety, the same for everybody, and what our settings add.

Reads no file; `crawler.settings` does, for `scrapy crawl`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from crawler.domain.robots import TOKEN

if TYPE_CHECKING:
    from crawler.config import Config

BOT_NAME = "launchwire"
SPIDER_MODULES = ["spiders"]
SPIDER_LOADER_CLASS = "crawler.spiderloader.CatalogueSpiderLoader"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# Manners; what Scrapy cannot do, crawler.handler and crawler.middlewares do
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = TOKEN
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0  # the delay is the least gap, not the usual one
AUTOTHROTTLE_ENABLED = False
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
METAREFRESH_ENABLED = False
RETRY_ENABLED = False  # the next round asks again, later

# Safety
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_HANDLERS = {
    "http": "crawler.handler.PoliteHandler",
    "https": "crawler.handler.PoliteHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
HTTPPROXY_ENABLED = False  # behind a proxy the guard sees only the proxy
HTTPCACHE_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
REDIRECT_MAX_TIMES = 5
URLLENGTH_LIMIT = 2083

DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.pages.KnownPagesMiddleware": 50,  # before robots.txt is asked for
    "crawler.middlewares.redirects.RedirectedMiddleware": 60,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.conditional.ConditionalMiddleware": 450,
}
ITEM_PIPELINES = {
    "crawler.pipelines.DecidePipeline": 100,
    "crawler.pipelines.StorePipeline": 200,
}
# The optional browser (crawler.browser)
PLAYWRIGHT_MAX_PAGES_PER_CONTEXT = 2

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LOG_DATEFORMAT = "%Y-%m-%dT%H:%M:%S%z"


def for_config(settings: Config) -> dict[str, Any]:
    """What of Scrapy's settings depends on ours."""
    return {
        "CONCURRENT_REQUESTS": settings.concurrency,
        "DOWNLOAD_DELAY": settings.delay,
        "DOWNLOAD_MAXSIZE": int(settings.max_size),
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "LOG_LEVEL": settings.log_level,
        "USER_AGENT": settings.user_agent,
        "LAUNCHWIRE_ALLOW_NETWORKS": [str(network) for network in settings.allow_networks],
        "LAUNCHWIRE_BROWSER": settings.browser,
        "LAUNCHWIRE_CATALOGUE": str(settings.catalogue),
        "LAUNCHWIRE_DATABASE": settings.database,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.timeout * 1000,
        "PLAYWRIGHT_LAUNCH_OPTIONS": _launch(settings.browser_path),
    }


def _launch(path: str) -> dict[str, Any]:
    """How the browser is started. Its own sandbox stays on where Chromium allows it, which is not for root."""
    arguments = ["--disable-gpu", "--disable-background-networking", "--no-first-run"]
    options = {"args": arguments, "chromium_sandbox": os.geteuid() != 0}
    return options | ({"executable_path": path} if path else {})
