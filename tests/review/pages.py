"""Reports to review, and a review page served to tests."""
from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from factcheck.model import Article, Finding, FindingValue, Paragraph, PartialDate, Report
from factcheck.review.serve import Served, prepare
from factcheck.review.session import Session
from tests.reporting.sample import REPORT

FLAGGED = [f for f in sorted(REPORT.findings, key=lambda f: -f.confidence)
           if f.relation in ("contradiction", "variant")]
SCRIPTS = ("<script>window.pwned = 1</script>", "<img src=x onerror='window.pwned = 2'>", "</p></textarea></title>",
           "\"><svg onload=window.pwned=3>", "' onmouseover='window.pwned=4", "{{ 7 * 7 }}", "]]>--><b>bold</b>",
           "javascript:window.pwned=5")


@contextmanager
def served(report: Report, path: Path, reviewer: str = "Alix", port: int = 0) -> Iterator[Served]:
    """The review page of a report, served from a thread for as long as the block runs."""
    page = prepare(Session(report, path, reviewer), port=port)
    thread = threading.Thread(target=page.run)
    thread.start()
    try:
        yield page
    finally:
        page.server.should_exit = True
        thread.join(10)


def hostile() -> Report:
    """A report whose every text, from the file's name to the reason, tries to become a part of the page."""
    attack = " ".join(SCRIPTS)
    text = f"{attack}\n\nThe bridge opened on 3 May {attack} as planned.\n\nhttp://example.org/{attack}\n"
    first = text.index("3 May")
    articles, values = [], []
    for number in range(2):
        name = f"{number}{SCRIPTS[number]}.txt"
        quote = text[text.index("The bridge"):text.index(" as planned.") + 12]
        paragraphs = tuple(Paragraph(text.index(part), text.index(part) + len(part)) for part in text.split("\n\n"))
        articles.append(Article(name, f"/tmp/{name}", text, paragraphs, title=attack, outlet=attack,
                                published=PartialDate(2031, 5, 3)))
        values.append(FindingValue(name, "3 May", quote, first, first + 5, 3, attack, attributed_to=attack, side=number,
                                   how=attack, quote_start=text.index("The bridge")))
    finding = Finding("0123456789ab", "contradiction", "date", attack, 0.9, attack, tuple(values))
    words = replace(finding, id="ba9876543210", kind="outcome",
                    values=tuple(replace(v, text=quote, start=first - 4 * n) for n, v in enumerate(values)))
    return Report(tuple(articles), (finding, words))


def big(count: int = 500) -> Report:
    """A report of many findings on the sample's articles."""
    return replace(REPORT, findings=tuple(_one_of_many(n, count) for n in range(count)))


def _one_of_many(number: int, count: int) -> Finding:
    """A finding like one of the sample's, with answers of its own."""
    like = REPORT.findings[number % len(REPORT.findings)]
    values = tuple(replace(v, text=f"{v.text} {number}", value=f"{v.value} {number}",
                           quote=f"{number}: {v.quote} ({v.text} {number})")
                   for v in like.values)
    relations = ("contradiction", "variant", "update", "dispute", "agreement")
    return replace(like, id=f"{number:012x}", relation=relations[number % 5], values=values,
                   confidence=round(1 - number / (2 * count), 4),
                   question=f"question {number} {'of some length ' * (number % 4)}")
