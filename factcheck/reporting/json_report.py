"""The report as JSON and back: the format `docs/report.schema.json` describes."""
from __future__ import annotations

import json
import re
from typing import Any

from factcheck.errors import FactcheckError
from factcheck.model import Article, Finding, FindingValue, PartialDate, Report

VERSION = 1
# Legal in JSON as they are, but not harmless on a terminal or not encodable: written as \uXXXX instead.
_RISKY = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON in readable Unicode, save the characters that would act on a terminal instead of showing."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _RISKY.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def report_to_dict(report: Report) -> dict[str, Any]:
    """The report as plain dictionaries and lists, ready for `json`."""
    return {"version": VERSION,
            "articles": [article_to_dict(article) for article in report.articles],
            "findings": [finding_to_dict(finding) for finding in report.findings]}


def article_to_dict(article: Article) -> dict[str, Any]:
    """What the report says of one article; its text is not part of it."""
    return {"id": article.id, "path": article.path, "title": article.title, "outlet": article.outlet,
            "published": article.published.iso if article.published else None, "language": article.language}


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """One finding, its confidence to four places."""
    return {"id": finding.id, "relation": finding.relation, "kind": finding.kind, "question": finding.question,
            "confidence": round(finding.confidence, 4), "reason": finding.reason,
            "values": [{"article": v.article, "text": v.text, "quote": v.quote, "start": v.start, "end": v.end,
                        "line": v.line, "value": v.value, "attributed_to": v.attributed_to, "minority": v.minority}
                       for v in finding.values]}


def render(report: Report) -> str:
    """The report as indented JSON, one line feed at its end."""
    return dumps(report_to_dict(report), indent=2) + "\n"


def report_from_json(text: str) -> Report:
    """The report a JSON text holds; its articles have no text, and its findings no evidence.

    The sides of a finding, which the format leaves out, are told by the values: equal ones share a side, and all
    of an agreement's do. Raises `FactcheckError` where the text is not such a report.
    """
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise FactcheckError(f"a report of version {data['version']!r}: this program reads version {VERSION}")
        return Report(articles=tuple(map(_article, data["articles"])), findings=tuple(map(_finding, data["findings"])))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FactcheckError(f"not a report of factcheck: {_complaint(error)}") from error


def _complaint(error: Exception) -> str:
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)


def _article(data: dict[str, Any]) -> Article:
    published = data["published"]
    return Article(id=data["id"], path=data["path"], text="", paragraphs=(), title=data["title"],
                   outlet=data["outlet"], published=PartialDate(*map(int, published.split("-"))) if published else None,
                   language=data["language"])


def _finding(data: dict[str, Any]) -> Finding:
    one_side = data["relation"] == "agreement"
    sides: dict[str, int] = {}
    values = tuple(
        FindingValue(article=v["article"], text=v["text"], quote=v["quote"], start=v["start"], end=v["end"],
                     line=v["line"], value=v["value"], attributed_to=v["attributed_to"], minority=v["minority"],
                     side=0 if one_side else sides.setdefault(v["value"], len(sides)))
        for v in data["values"])
    return Finding(id=data["id"], relation=data["relation"], kind=data["kind"], question=data["question"],
                   confidence=float(data["confidence"]), reason=data["reason"], values=values)
