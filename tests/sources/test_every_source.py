"""Every source of the catalogue, read by its own spider from a document written in that source's structure.

A source's document lies beside this file as ID.xml, .atom, .rdf, .html or .json, and as ID.page.html the page of its
first article where pages are followed.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse, XmlResponse

from crawler.catalogue import load
from crawler.domain.models import Article, DateOrigin
from crawler.domain.visits import Outcome, Visit
from crawler.spiderloader import SPIDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.catalogue import Source

HERE = Path(__file__).parent
CATALOGUE = load(HERE.parent.parent / "spiders" / "sources.toml")
KINDS: dict[str, tuple[str, type[TextResponse]]] = {
    ".xml": ("application/rss+xml", XmlResponse),
    ".rdf": ("application/rdf+xml", XmlResponse),
    ".atom": ("application/atom+xml", XmlResponse),
    ".html": ("text/html", HtmlResponse),
    ".json": ("application/json", TextResponse),
}
PAGE = ".page.html"

every_source = pytest.mark.parametrize("source", CATALOGUE.values(), ids=list(CATALOGUE))
FOLLOWED = {id_: source for id_, source in CATALOGUE.items() if source.follow}
every_followed = pytest.mark.parametrize("source", FOLLOWED.values(), ids=list(FOLLOWED))

SCRIPTS = {
    "ja": r"[\u3040-\u30ff]",
    "ko": r"[\uac00-\ud7a3]",
    "ru": r"[\u0400-\u04ff]",
    "zh": r"[\u4e00-\u9fff]",
    "zh-TW": r"[\u4e00-\u9fff]",
}
MOJIBAKE = re.compile(r"[\ufffd\x00-\x09\x0b-\x1f\x7f-\x9f]|Ã.|â€|Â.|ï»¿|锟|&(?:#\d+|[a-z]+);|</?[a-z]")
ELSEWHERE = {"xiaomi_investors": "gcs-web.com"}
"""Sources whose articles lie with a service, by its domain."""
SECOND_LEVEL = {"co", "com", "org", "net", "ne", "or"}


def documents() -> dict[str, Path]:
    """Each source's document by its id."""
    return {path.stem: path for path in HERE.iterdir() if path.suffix in KINDS and not path.name.endswith(PAGE)}


def document(source: Source) -> Path:
    """The source's document; fails with the command that records one."""
    path = documents().get(source.id)
    if path is None:
        pytest.fail(f"{source.id} has no document here; make one: launchwire sources record {source.id}")
    return path


def page(source: Source) -> Path:
    """The page of the source's first article; fails as `document` does."""
    path = HERE / f"{source.id}{PAGE}"
    if not path.exists():
        pytest.fail(f"{source.id} has no page here; make one: launchwire sources record {source.id}")
    return path


@dataclass(frozen=True, slots=True)
class Visited:
    """What a source's spider made of its document.

    Args:
        stated: The first article as the document has it, where its page was read too.
    """

    articles: tuple[Article, ...]
    visits: tuple[Visit, ...]
    stated: Article | None


@cache
def visited(source_id: str) -> Visited:
    """Let the source's spider read the document; of the pages it asks for, the first is answered."""
    return asyncio.run(_visited(CATALOGUE[source_id]))


async def _visited(source: Source) -> Visited:
    (request,) = [one async for one in SPIDERS[source.kind](sources=[source]).start()]
    found = await _called(answer(request, document(source)))
    asked = [one for one in found if isinstance(one, Request)]
    found += [one for request in asked[:1] for one in await _called(answer(request, page(source)))]
    waiting = [request.cb_kwargs["article"] for request in asked]
    articles = [one for one in (*found, *waiting[1:]) if isinstance(one, Article) and one.title]
    return Visited(tuple(articles), tuple(one for one in found if isinstance(one, Visit)), next(iter(waiting), None))


def answer(request: Request, path: Path) -> TextResponse:
    """What the site would have sent."""
    content_type, kind = KINDS[path.suffix]
    return kind(request.url, headers={"Content-Type": content_type}, body=path.read_bytes(), request=request)


async def _called(response: TextResponse) -> list[object]:
    request: Any = response.request
    return [one async for one in request.callback(response, **request.cb_kwargs)]


def articles(source: Source) -> tuple[Article, ...]:
    """The articles of a source, at least one."""
    made = visited(source.id)
    assert made.articles, [visit.problem for visit in made.visits]
    return made.articles


def told(source: Source) -> Iterator[Article]:
    """The articles of which all is known: every one of a feed, those with their page where no feed tells the date."""
    yield from (one for one in articles(source) if one.page_read or one.dated is not DateOrigin.FIRST_SEEN)


def site(url: str) -> str:
    """The registered domain, as far as our sources need it."""
    labels = (urlsplit(url).hostname or "").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in SECOND_LEVEL else labels[-2:])


@every_source
def test_every_source_gives_articles_with_a_title_on_one_line(source: Source) -> None:
    for article in articles(source):
        assert article.title == " ".join(article.title.split())
        assert 8 <= len(article.title) <= 200


@every_source
def test_every_title_is_in_the_letters_of_its_language_and_whole(source: Source) -> None:
    script = re.compile(SCRIPTS.get(source.language, r"[A-Za-z]"))
    for article in articles(source):
        assert script.search(article.title), article.title
        assert not MOJIBAKE.search(article.title + article.summary + article.body), article


@every_source
def test_every_article_has_its_canonical_address_on_its_own_site(source: Source) -> None:
    own = {site(source.home), site(source.url), ELSEWHERE.get(source.id)}
    made = articles(source)
    for article in made:
        assert article.canonical_url.startswith("https://")
        assert site(article.canonical_url) in own, article.canonical_url
        assert not re.search(r"utm_|wt_mc|#", article.canonical_url)
        assert urlsplit(article.canonical_url).path.strip("/"), "a front page is no article"
    assert len({article.canonical_url for article in made}) == len(made)


@every_source
def test_every_source_tells_when_its_articles_were_published(source: Source) -> None:
    dated = list(told(source))
    assert dated
    for article in dated:
        assert article.dated in {DateOrigin.ENTRY, DateOrigin.PAGE}
        assert article.published.utcoffset() is not None
        assert article.published < article.first_seen


@every_source
def test_every_article_is_in_its_sources_language(source: Source) -> None:
    primary = source.language.split("-")[0]
    assert {(article.language or "").split("-")[0] for article in articles(source)} == {primary}


@every_followed
def test_a_followed_page_tells_date_and_text_of_the_first_article(source: Source) -> None:
    read = [article for article in articles(source) if article.page_read]
    assert len(read) == 1
    assert read[0].dated is DateOrigin.PAGE
    assert len(read[0].body) > 60
    assert "Related" not in read[0].body


@every_followed
def test_a_page_and_its_document_agree_on_the_day(source: Source) -> None:
    """The page may know the hour where the document knows the day alone."""
    (read,) = [article for article in articles(source) if article.page_read]
    stated = visited(source.id).stated
    assert stated is not None
    assert stated.dated is DateOrigin.FIRST_SEEN or abs(read.published - stated.published) < timedelta(days=1)


@every_source
def test_every_document_is_read_without_a_problem(source: Source) -> None:
    articles(source)
    assert {(visit.outcome, visit.problem) for visit in visited(source.id).visits} <= {(Outcome.READ, None)}


def test_every_document_here_belongs_to_a_source() -> None:
    pages = {path.name.removesuffix(PAGE) for path in HERE.glob(f"*{PAGE}")}
    assert set(documents()) == set(CATALOGUE)
    assert pages == set(FOLLOWED)


def test_no_source_has_two_documents() -> None:
    names = [path.stem for path in HERE.iterdir() if path.suffix in KINDS and not path.name.endswith(PAGE)]
    assert sorted(names) == sorted(set(names))


def test_the_documents_differ() -> None:
    titles = [article.title for id_ in CATALOGUE for article in visited(id_).articles]
    assert len(set(titles)) == len(titles)


def test_a_source_without_a_document_is_told_the_command_that_records_one() -> None:
    stranger = CATALOGUE["gsmarena"].model_copy(update={"id": "stranger"})
    for look in (document, page):
        with pytest.raises(pytest.fail.Exception, match="launchwire sources record stranger"):
            look(stranger)
