"""HTML: the body of the article by trafilatura, and what the page's head says of it."""
from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from factcheck.reading.blocks import Block, make_block, split
from factcheck.reading.dates import Stamp, find_dates, published_in
from factcheck.reading.furniture import kind
from factcheck.reading.page import Known
from factcheck.reading.phrases import fold

_STARTS = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
                     re.I | re.S)
_ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "report", "analysisnewsarticle",
                  "backgroundnewsarticle", "opinionnewsarticle", "liveblogposting", "webpage", "socialmediaposting")
_DATE_META = ("article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
              "dcterms.date", "dcterms.created", "pubdate", "publishdate", "publish-date", "publication_date",
              "parsely-pub-date", "sailthru.date", "article.published", "published_time", "dcterms.issued",
              "citation_publication_date", "cxenseparse:recs:publishtime")
_OUTLET_META = ("og:site_name", "application-name", "dc.publisher", "article:publisher", "twitter:site")
# Blocks that are never the article's own words; trafilatura knows most of them, not all.
_UNWANTED = ("script", "style", "noscript", "template", "svg", "iframe", "form", "button", "nav", "footer", "figure",
             "aside", "dialog")


def is_html(text: str) -> bool:
    """Whether a text is a page, whatever its file is called."""
    return bool(_STARTS.match(text[:3000]))


def read_page(text: str, stem: str) -> tuple[str, list[Block], Known]:
    """A page's text: the title and the paragraphs of the article, parted by blank lines; its blocks; what is known."""
    from lxml import html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        tree = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ValueError, html.etree.ParserError):
        return "", [], Known(stem=stem)
    known = _known(tree, stem)
    heading = _headline(tree) or known.title
    pieces = [(piece, markup) for piece, markup in _pieces(text, heading) if markup != "title"]
    if not any(_story(piece, markup) for piece, markup in pieces):
        return "", [], known
    body, blocks = _assemble([(heading, "title"), *pieces] if heading else pieces)
    return body, blocks, Known(heading or None, known.outlet, known.authors, known.stamps, known.language, stem,
                               known.month_first)


def _pieces(text: str, heading: str | None) -> list[tuple[str, str]]:
    """The paragraphs of the article's body, each with its markup."""
    import trafilatura

    for recall in (False, True):
        document = trafilatura.bare_extraction(text, include_comments=False, include_tables=True, with_metadata=False,
                                               deduplicate=False, favor_recall=recall)
        body = getattr(document, "body", None)
        pieces = [] if body is None else list(_walk(body, heading))
        if any(_story(piece, markup) for piece, markup in pieces):
            return pieces
    return []


def _story(piece: str, markup: str) -> bool:
    """Whether a piece of a page is a sentence of a story, not a heading or a link."""
    ended = re.search(r"[.!?…»”\"]$", piece)
    return markup not in ("title", "heading", "row") and len(piece.split()) >= 6 and bool(ended)


def _walk(body: Any, heading: str | None) -> Iterator[tuple[str, str]]:
    for element in body.iter("p", "head", "item", "quote", "row", "ab", "code"):
        if any(a.tag in ("p", "item", "quote", "row") for a in element.iterancestors()):
            continue
        name = {"head": "heading", "item": "item", "quote": "quote", "row": "row"}.get(element.tag, "")
        cells = [_words(cell) for cell in element.iter("cell")]
        text = " | ".join(cells) if element.tag == "row" else _words(element)
        for block in split(text):
            same = heading is not None and fold(block.text) == fold(heading)
            yield block.text, "title" if same else name


def _words(element: Any) -> str:
    for line in element.iter("lb"):
        line.tail = "\n" + (line.tail or "")
    return "\n".join(t for t in (" ".join(part.split()) for part in "".join(element.itertext()).split("\n")) if t)


def _assemble(pieces: list[tuple[str, str]]) -> tuple[str, list[Block]]:
    """The extracted body, and its blocks."""
    text, blocks = "", []
    for piece, markup in pieces:
        if text:
            text += "\n\n"
        block = make_block(text + piece, len(text), len(text) + len(piece), True, markup)
        text += piece
        if block:
            blocks.append(block)
    return text, blocks


# What the page's head says

def _known(tree: Any, stem: str) -> Known:
    data = _linked_data(tree)
    language = tree.xpath("string(/html/@lang)") or tree.xpath("string(//@lang[1])") or _text(data.get("inLanguage"))
    month_first = language.lower().replace("_", "-") == "en-us"
    title = _text(data.get("headline")) or _meta(tree, ("og:title", "twitter:title", "dc.title"))
    page_title = " ".join((tree.xpath("string(//head/title)") or "").split())
    outlet = (_name(data.get("publisher")) or _meta(tree, _OUTLET_META) or _site(tree)
              or _title_suffix(page_title, title))
    stamps = [*_from_data(data), *_from_meta(tree, month_first), *_from_time(tree), *_printed(tree, month_first)]
    authors = _authors(data.get("author")) or [a for a in [_meta(tree, ("author", "article:author"))] if a]
    return Known(title or _without_suffix(page_title, outlet) or None, outlet or None, tuple(authors), tuple(stamps),
                 language or None, stem, month_first)


def _headline(tree: Any) -> str | None:
    """The heading printed above the article: the one first-level heading, or the one inside the article."""
    for path in ("//article//h1", "//main//h1", "//h1"):
        found = [" ".join(h.text_content().split()) for h in tree.xpath(path)]
        found = [h for h in found if h]
        if found and (len(found) == 1 or path != "//h1"):
            return str(found[0])
    return None


def _linked_data(tree: Any) -> dict[str, Any]:
    """The JSON-LD object that describes the article; an empty one where none does."""
    best: dict[str, Any] = {}
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            content = json.loads(script.text_content().strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(content):
            kinds = item.get("@type")
            names = [str(k).lower() for k in (kinds if isinstance(kinds, list) else [kinds])]
            if any(n in _ARTICLE_TYPES for n in names) and _rank(item, names) > _rank(best, []):
                best = item
    return best


def _rank(item: dict[str, Any], names: list[str]) -> int:
    return bool(item) + 2 * ("datePublished" in item) + 2 * ("headline" in item) - ("webpage" in names)


def _objects(content: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(content, dict):
        yield content
        for key in ("@graph", "mainEntity", "itemListElement", "hasPart"):
            yield from _objects(content.get(key), depth + 1)
    elif isinstance(content, list):
        for item in content:
            yield from _objects(item, depth + 1)


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _authors(value: Any) -> list[str]:
    return [n for n in map(_name, value if isinstance(value, list) else [value]) if n]


def _meta(tree: Any, names: tuple[str, ...]) -> str:
    """The content of the first of the meta tags named."""
    for name in names:
        for tag in tree.xpath("//meta[@content]"):
            given = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
            value = _text(tag.get("content"))
            if given == name and value and not value.startswith(("http://", "https://")):
                return value.lstrip("@")
    return ""


def _site(tree: Any) -> str:
    """The name of the site, where linked data gives it apart from the article."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            content = json.loads(script.text_content().strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(content):
            if str(item.get("@type")) in ("WebSite", "Organization", "NewsMediaOrganization"):
                return _text(item.get("name"))
    return ""


_SUFFIX = re.compile(r"\s+[|–—·-]\s+([^|–—·]{2,50})$")


def _title_suffix(page_title: str, title: str) -> str:
    """The outlet at the end of the page's title (`A headline | The Paper`)."""
    match = _SUFFIX.search(page_title)
    return match[1].strip() if match and fold(match[1].strip()) != fold(title) else ""


def _without_suffix(page_title: str, outlet: str) -> str:
    match = _SUFFIX.search(page_title)
    return page_title[:match.start()] if match and fold(match[1].strip()) == fold(outlet) else page_title


def _from_data(data: dict[str, Any]) -> list[Stamp]:
    for key in ("datePublished", "dateCreated", "uploadDate", "dateModified"):
        found = find_dates(_text(data.get(key)))[:1]
        if found:
            return found
    return []


def _from_meta(tree: Any, month_first: bool) -> list[Stamp]:
    return find_dates(_meta(tree, _DATE_META), month_first)[:1]


def _from_time(tree: Any) -> list[Stamp]:
    """The first `<time>` above the text: in the article's own head, not among links to others."""
    for path in ("//article//time[not(ancestor::aside)]", "//main//time[not(ancestor::aside)]", "//header//time",
                 "//time"):
        for tag in tree.xpath(path)[:1]:
            text = _text(tag.get("datetime")) or " ".join(tag.text_content().split())
            found = find_dates(text)[:1]
            if found:
                return found
    return []


def _printed(tree: Any, month_first: bool) -> list[Stamp]:
    """The dates printed between the headline and the text."""
    start = (tree.xpath("//article") or tree.xpath("//main") or tree.xpath("//body") or [tree])[0]
    for element in start.iter():
        if not isinstance(element.tag, str) or element.tag in _UNWANTED:
            continue
        if any(child.tag in ("p", "div", "ul", "h1", "section", "header") for child in element):
            continue
        text = " ".join(element.text_content().split())
        if element.tag == "p" and len(text.split()) >= 40:
            return []
        if 4 <= len(text) <= 160 and kind(text, head=True) == "date":
            stamp = published_in(text, month_first)
            return [stamp] if stamp else []
    return []
