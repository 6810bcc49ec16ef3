"""What stands around an article without being part of it, told by its own look: buttons, dates, bylines, teasers.

`kind` judges one block by itself; where it stands is weighed in `layout`.
"""
from __future__ import annotations

import re
from functools import cache, lru_cache

from factcheck.reading.blocks import Block
from factcheck.reading.dates import CLOCK, find_dates
from factcheck.reading.phrases import alternatives, anywhere, bare, fold, opening, phrases, topic

_STRONG = re.compile(r"\s*[|·•►▸›»>→⋅]+\s*|\s+[-–—/*]+\s+|\s{2,}|\t+|\s*[\[\]]+\s*|\s*//\s*")
_LETTERS = re.compile(r"[^\W\d_]")
_ZONES = re.compile(r"\b(?:gmt|utc|bst|cet|cest|e[sd]?t|p[sd]?t|c[sd]t|ist|heure de paris|local time)\b")
_INITIALS = re.compile(r"[a-zà-ÿ]{1,4}(?:\s?[-/.]\s?[a-zà-ÿ]{1,4}){1,4}"
                       r"|\(?(?:(?:d[eu] )?[A-ZÀ-Þ][a-z]?\.[\s-]?){1,4}\)?")
_RULE = re.compile(r"[\W_\d]*|\(?-?\s*(?:30|ends?|fin)\s*-?\)?", re.I)
_HASHTAGS = re.compile(r"(?:[#@][\w-]+[\s,;|]*)+")
_RATE = re.compile(r"\(?\s*[$€£]?[\d.,]+\s*[^()=]{0,25}=\s*[^()=]{0,40}\)?\.?")
_CODE = re.compile(r"\b[A-Z]{2,}-?\d{3,}\b")
_SLUG = re.compile(r"[A-ZÀ-Þ0-9]+(?:[-/][A-ZÀ-Þ0-9]+)+")
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_PARTICLES = frozenset(("de", "du", "des", "d", "la", "le", "van", "von", "der", "den", "di", "da", "del", "el", "al",
                        "bin", "ben", "y", "e", "et", "and", "&", "st"))
_COUNTED = re.compile(r"\(?\d[\d .,]*\)?")


@lru_cache(maxsize=8192)
def kind(text: str, head: bool = False) -> str:
    """What a block of text is, when it is no part of the article; an empty string when nothing tells.

    `head` says that it stands above the article's text, where bylines and bare dates are to be expected. The kinds:
    `comments` (the heading of readers' comments), `teasers` (the heading of a list of other articles), `teaser`,
    `about` (the heading of a box on the author), `date`, `byline`, `tools`, `promo`, `legal`, `credit`, `source`,
    `signoff`, `tags`, `rule`.
    """
    words = len(text.split())
    if _RULE.fullmatch(text):
        return "date" if find_dates(text) else "rule"
    if _HASHTAGS.fullmatch(text) or _RATE.fullmatch(text) or _URL.fullmatch(text):
        return "tags"
    if _INITIALS.fullmatch(text):
        return "signoff"
    folded = fold(text)
    for name, test in _TESTS:
        if words <= _LONGEST[name] and test(text, folded):
            return name
    if words <= 30 and _is_byline(text, folded, head):
        return "byline"
    if _is_tool_bar(text):
        return "tools"
    return ""


def _is_comments(text: str, folded: str) -> bool:
    if re.match(rf"\W*(?:{_all('comments')})\s*\(\d+\)", folded):
        return True
    if len(text.split()) > 8:
        return False
    plain = bare(_COUNTED.sub(" ", text))
    if not plain and not _LETTERS.search(text):
        return False
    if plain in phrases("comments"):
        return True
    counted = re.search(r"\(\d+\)|:\s*\d+|^\W*\d", text)
    return bool(counted and re.fullmatch(rf"(?:{_all('comments')})\s*(?:\S+\s*)?", plain))


@cache
def _all(name: str) -> str:
    return alternatives(frozenset(topic(name)))


def comment_count(text: str) -> bool:
    """Whether a heading of comments says how many there are, or whose."""
    return bool(re.search(r"\d", text)) or len(bare(text).split()) > 1


def _is_teasers(text: str, folded: str) -> bool:
    """A heading such as `Most read`, by itself on its line."""
    plain = bare(text)
    if plain in phrases("teasers"):
        return True
    match = opening("teasers").match(folded)
    if not match or re.search(r"[.!?…»”\"]\s*$", text):
        return False
    rest = folded[match.end():].rstrip(" :*_")
    return bare(match.group()) in _open_ended() and len(rest.split()) <= 5 and ":" not in rest


@cache
def _open_ended() -> frozenset[str]:
    return frozenset(bare(p) for p in topic("teasers") if p.endswith("+"))


def _is_teaser(text: str, folded: str) -> bool:
    """A line such as `Lire aussi : <title of another article>`."""
    match = opening("teasers").match(folded)
    if not match:
        return False
    rest = folded[match.end():]
    if match.group().endswith(":") or re.match(r"[\s*_\]]*[:►>→|–—»]", rest):
        return True
    if re.match(r"\s+(?:[^\s:]+\s+){1,4}[:►>→|]\s", rest) and not _sentence(text):
        return True
    # Several teasers on one line, or a link that ends like a title does.
    return bool(re.search(r"[^\w\s]\s*$", folded[:match.start() + 2])) and not re.search(r"[.]\s*$", text)


def _is_about(text: str, folded: str) -> bool:
    match = opening("about").match(folded)
    if match and (match.group().endswith(":") or re.match(r"\s*:", folded[match.end():])):
        return True
    return bare(text) in _headings()


@cache
def _headings() -> frozenset[str]:
    """What heads a box on the author by itself, without a colon."""
    return frozenset(bare(p) for p in topic("about") if not p.endswith(":"))


def _is_credit(text: str, folded: str) -> bool:
    plain = bare(text)
    if re.fullmatch(r"[\[(].*[\])]", text) and plain.split(":")[0].strip() in phrases("credits"):
        return True
    match = opening("credits").match(folded)
    if match and re.match(r"\s*(?:\d+\s*)?(?:[:/©|]|by\b|par\b|d'archives?\s*[:/(])", folded[match.end():]):
        return True
    return bool(_CREDIT_END.search(text) or _NUMBERED.match(text) or _agency_slash().search(folded))


# `[1/3] …`, `Item 1 of 3 …` before the captions of a gallery.
_NUMBERED = re.compile(r"\[\d+\s?/\s?\d+\]|(?:Item|Image|Photo)\s\d+\s(?:of|sur|/)\s\d+\b")


@cache
def _agency_slash() -> re.Pattern[str]:
    """An agency's name and a photographer's with a slash between them."""
    names = alternatives(frozenset(topic("agencies")))
    return re.compile(rf"(?<!\w)(?:{names})\s?/\s?[a-z]{{2,}}|[a-z]{{2,}}\s?/\s?(?:{names})(?!\w)")


# `Photo A. Name`, `(Photo: Agency)`, `— Name/AGENCY`, `© Agency` at the end of a caption.
_CREDIT_END = re.compile(
    r"(?:[(\[]\s*|[.»”,–—-]\s+|^)(?:[Pp]hoto(?:graph)?s?|PHOTO|[Cc]rédits?(?: photo)?|[Pp]icture|[Ii]mage|[Cc]redit)"
    r"(?:\s*[:/©]\s*[^.!?]{2,40}|\s+(?:(?:by|de|par)\s+)?(?:[A-ZÀ-Þ/][\w.’'/-]*\s?){1,5})[)\]]?\.?$"
    r"|[–—-]\s*(?:[A-ZÀ-Þ][\w.’'-]*\s+){0,4}[A-ZÀ-Þ][\w.’'-]*\s?/\s?[A-ZÀ-Þ][\w ./’'-]{1,40}$"
    r"|(?:^|[.!?»”)]\s+)(?:[A-ZÀ-Þ][\w.’'-]*\s?){1,3}/(?:[A-ZÀ-Þ][\w.’'-]*\s?){1,3}$"
    r"|[©][^.!?]{2,60}$|/\s?[A-Z]{2,}(?: [\w ]+)?\)?$")


def _is_source(text: str, folded: str) -> bool:
    match = opening("sources").match(folded)
    if bare(text) in phrases("sources") or match and re.match(r"\s*:", folded[match.end():]):
        return True
    named = re.split(r"\s*[,/&]\s*|\s+(?:et|and|avec|with)\s+", bare(text[match.end():] if match else text))
    return all(n in phrases("agencies") for n in named)


def _is_sign_off(text: str, folded: str) -> bool:
    match = opening("sign_offs").match(folded)
    if not match or re.match(r"\W*ends?\s+\w", folded):
        return False
    if not re.search(r"\b(?:de|by)$", match.group()):
        return True
    return name_like(re.split(r"[,;.()]|\s(?:in|à|au|en|for|pour|and|et)\s", text[match.end():].strip())[0])


def _opens(name: str, text: str, folded: str) -> bool:
    return bool(opening(name).match(folded))


def _is_legal(text: str, folded: str) -> bool:
    """A notice of rights; a sentence on copyright as such is none."""
    if not _opens("legal", text, folded):
        return False
    notice = re.search(r"©|\b\d{4}\b|reserve|reproduc", folded)
    return bool(notice) or not (folded.startswith("copyright") and _sentence(text))


def _is_promo(text: str, folded: str) -> bool:
    """Whether a block opens with an invitation, or is short and has one in it that nobody is quoted with."""
    if _opens("promos", text, folded):
        return True
    if len(text.split()) > 25 or re.search("[«»“”\"]", text):
        return False
    return any(_opens("promos", "", sentence) for sentence in re.split(r"[.!?]\s+", folded)[1:])


_TESTS = (
    ("comments", _is_comments),
    ("teasers", _is_teasers),
    ("teaser", _is_teaser),
    ("about", _is_about),
    ("legal", _is_legal),
    ("source", _is_source),
    ("promo", _is_promo),
    ("signoff", _is_sign_off),
    ("date", lambda text, folded: _is_date_line(text)),
    ("credit", _is_credit),
)
_LONGEST = {"comments": 10_000, "teasers": 9, "teaser": 60, "about": 40, "legal": 60, "source": 25, "promo": 60,
            "signoff": 30, "date": 35, "credit": 40}


def parts(text: str) -> list[str]:
    """What a line holds between strong separators (`|`, `·`, spaced dashes, wide gaps)."""
    return [p.strip() for p in _STRONG.split(text) if p.strip()]


def _residue(text: str) -> str:
    """What is left of a line's part when dates, times, the words around them and a byline are taken out."""
    for stamp in reversed(find_dates(text)):
        text = text[:stamp.start] + " " * (stamp.end - stamp.start) + text[stamp.end:]
    for pattern in (CLOCK, _ZONES, *map(_words, ("published", "updated", "at", "relative", "weekdays"))):
        for match in pattern.finditer(fold(text)):
            text = text[:match.start()] + " " * len(match.group()) + text[match.end():]
    rest = text.strip(" ,-–—:.()")
    written = opening("byline").match(fold(rest)) and _is_byline(rest, fold(rest), True)
    return "" if written or not _LETTERS.search(rest) else rest


@cache
def _announced() -> re.Pattern[str]:
    """Words such as `published` at the start of a line, with or without who and where."""
    words = frozenset(w for name in ("published", "updated") for w in topic(name) if len(w) > 4)
    return re.compile(rf"[\W_]*(?:{alternatives(words)})")


@cache
def _words(name: str) -> re.Pattern[str]:
    entries = topic(name)
    flat = frozenset(w for e in entries for w in e) if name == "weekdays" else frozenset(entries)
    return re.compile(rf"(?<!\w)(?:{alternatives(flat)})")


def _is_date_line(text: str) -> bool:
    if not find_dates(text):
        return len(text.split()) <= 8 and not _residue(text) and not _INNOCENT.fullmatch(fold(text))
    if _announced().match(fold(text)) and len(text.split()) <= 20 and not _sentence(text):
        return True
    pieces = parts(text)
    dated = [p for p in pieces if find_dates(p)]
    if not any(not _residue(p) for p in dated):
        # `By A. Name, 8 June 2025, 00:31` and its like: date, byline and such between commas.
        pieces = [q for p in pieces for q in re.split(r",\s+(?!\d{4}\b)|:\s+", p)]
        dated = [p for p in pieces if find_dates(p)]
        return any(not _residue(p) for p in dated) and all(
            not _residue(p) or is_tool(p) or name_like(p) or _is_byline(p, fold(p), True) for p in pieces)
    if len(pieces) == 1:
        return True
    return all(len(p.split()) <= 9 and not re.search(r"\w{3,}[.!?]$", p) for p in pieces)


# Words of time that may be a heading of the story's by themselves.
_INNOCENT = re.compile(r"\W*[^\W\d_]+\W*")


def _is_byline(text: str, folded: str, head: bool) -> bool:
    """`By A. Name, Staff Reporter`; `A. Name, envoyée spéciale à Ville`."""
    match = re.match(rf"[\W_]*(?:{_all('byline')})\s*:?\s+", folded)
    if match and len(text.split()) <= 25:
        rest = text[match.end():].lstrip("[*_ ")
        named = name_like(re.split(r"[,|(–—]| - | with | avec | pour | for | in | à ", rest)[0].strip(" .*_"))
        return (named or has_job(rest)) and (rest[:1].isupper() or has_job(rest)) and not _sentence(rest)
    first, comma, rest = text.partition(",")
    if comma and name_like(first) and has_job(rest) and len(rest.split()) <= 8 and not _sentence(text):
        return True
    return bool(head and has_job(text) and len(text.split()) <= 6 and not _sentence(text))


def _sentence(text: str) -> bool:
    """Whether it ends like a sentence, not with an initial or an abbreviation."""
    return bool(re.search(r"[a-zà-ÿ]{2,}[.!?…]\W*$", text)) and len(text.split()) > 7


def has_job(text: str) -> bool:
    """Whether it names a trade of the press."""
    return bool(anywhere("jobs").search(fold(text)))


def name_like(text: str) -> bool:
    """Whether it could be a person's name by itself: a few words, all capitalized but for particles."""
    words = text.replace(" et ", " & ").split()
    if not 1 <= len(words) <= 7 or len(text) > 60 or re.search(r"[\d:;!?«»“”\"]", text):
        return False
    plain = [w.strip(".,()") for w in words if w.strip(".,()&")]
    named = [w for w in plain if w[:1].isupper()]
    return bool(named) and all(w[:1].isupper() or fold(w) in _PARTICLES or w[:2].lower() in ("d'", "d’") for w in plain)


def is_tool(part: str) -> bool:
    """Whether a part of a line is a button, a counter or an icon."""
    plain = bare(re.sub(r"\(?[\d][\d.,]*\)?\s*[€$£%]?|[€$£]\s?\d+", " ", part))
    if not plain or plain in phrases("tools") or len(plain) == 1:
        return True
    match, size = _words("tools").match(plain), len(plain.split())
    return match is not None and size <= 5 and len(match.group().split()) * 2 >= size - 1


def _is_tool_bar(text: str) -> bool:
    """Whether a line is made of buttons, or is a menu or a path: several short parts."""
    if len(text.split()) > 40 or re.search(r"\w{3,}[.!?]\W*$", text) and not is_tool(text):
        return False
    pieces = parts(text)
    if all(map(is_tool, pieces)) or all(is_tool(q) for p in pieces for q in re.split(r"\s*[,:.]\s*", p)):
        return True
    if len(pieces) >= 2 and bare(pieces[0]) in phrases("home") and all(len(p.split()) <= 4 for p in pieces):
        return True
    strong = re.findall(r"[|·•►▸›»>→⋅]|\s{2,}|\t|\[", text.strip())
    if len(pieces) >= 3 and len(strong) >= 2 and all(len(p.split()) <= 5 for p in pieces):
        return True
    shortcuts = [p for p in pieces if is_tool(p)]
    return len(pieces) >= 2 and len(shortcuts) >= 1 and len(strong) >= 1 and all(len(p.split()) <= 4 for p in pieces)


def is_code(text: str) -> bool:
    """Whether a line above the text is a slug of the wires: capitals, digits and slashes."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    dense = bool(letters) and capitals > 0.7 * len(letters)
    slashes = re.search(r"\w\s?/\s?\w|\b\d{4}\b.*\bGMT\b", text)
    return dense and bool(_CODE.search(text) or _SLUG.fullmatch(text) or slashes)


def is_prose(block: Block) -> bool:
    """Whether a block is running text: sentences, of some length."""
    return (block.words >= 12 and block.ended) or block.words >= 35
