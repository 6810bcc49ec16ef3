"""The findings as SARIF 2.1.0 (OASIS), for code scanning and for editors: one result a finding."""
from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from factcheck import __version__
from factcheck.model import FLAGGED, KINDS, RELATIONS, Article, Finding, FindingValue, Report
from factcheck.policy import Standing
from factcheck.reporting.json_report import dumps
from factcheck.reporting.sides import sides
from factcheck.reporting.source import checked_out, region
from factcheck.reporting.text import clean
from factcheck.reporting.words import level, ordered

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_MEANS = {
    "contradiction": "Two articles give answers to one question that can't both be true.",
    "variant": "Two articles spell one name in two ways.",
    "update": "The later article has a later state of something that changes.",
    "dispute": "Two parties quoted say different things.",
    "agreement": "All articles can be right at once.",
}


def render(shown: Report, standings: Mapping[str, Standing]) -> str:
    """The findings as a SARIF log with one run, its lines ended by one line feed."""
    articles = {a.id: a for a in shown.articles}
    used = sorted({(f.relation, f.kind) for f in shown.findings},
                  key=lambda rule: (RELATIONS.index(rule[0]), KINDS.index(rule[1])))
    results = [_result(f, standings.get(f.id, Standing()), used.index((f.relation, f.kind)), articles)
               for f in shown.findings]
    if any("suppressions" in r for r in results):  # once a run tells them for one result, it tells them for all
        results = [{**r, "suppressions": r.get("suppressions", [])} for r in results]
    driver = {"name": "factcheck", "semanticVersion": __version__, "version": __version__,
              "rules": [_rule(relation, kind) for relation, kind in used]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints",
           "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder factcheck was run in."}}},
           "artifacts": [{"location": _location(a.path)} for a in shown.articles],
           "results": results}
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(relation: str, kind: str) -> dict[str, Any]:
    means = _MEANS[relation]
    return {"id": f"{relation}-{kind}", "name": f"{relation.capitalize()}{kind.capitalize()}",
            "shortDescription": {"text": f"{relation.capitalize()} of {kind}"},
            "fullDescription": {"text": means},
            "help": {"text": f"{means} See both places, and correct the wrong one or dismiss the finding with "
                             f"`factcheck decide ID PATH... --dismiss --reason WHY`."},
            "defaultConfiguration": {"level": "error" if relation in FLAGGED else "note"},
            "properties": {"tags": ["facts", relation, kind]}}


def _result(finding: Finding, standing: Standing, rule: int, articles: Mapping[str, Article]) -> dict[str, Any]:
    first, *others = ordered(finding)
    related = [{"id": number, **_place(value, articles), "message": {"text": f"“{clean(value.text)}”"}}
               for number, value in enumerate(others, 1)]
    found: dict[str, Any] = {
        "ruleId": f"{finding.relation}-{finding.kind}", "ruleIndex": rule, "level": level(finding, standing),
        "message": {"text": _message(finding, standing, others)}, "locations": [_place(first, articles)]}
    if related:
        found["relatedLocations"] = related
    # GitHub knows an alert again by primaryLocationLineHash; the finding's own id outlasts a moved line.
    found["partialFingerprints"] = {"factcheckFinding/v1": finding.id, "primaryLocationLineHash": f"{finding.id}:1"}
    found["rank"] = round(100 * finding.confidence, 2)
    if standing.state in ("dismissed", "waived", "baseline"):
        kind = "inSource" if standing.state == "waived" else "external"
        found["suppressions"] = [{"kind": kind, "justification": clean(standing.note)}]
    found["properties"] = {"confidence": round(finding.confidence, 4), "state": standing.state}
    return found


def _message(finding: Finding, standing: Standing, others: list[FindingValue]) -> str:
    """What the sides say; the places in brackets are links to the related locations."""
    numbers = {id(value): number for number, value in enumerate(others, 1)}
    parts = []
    for side in sides(finding):
        wordings = []
        for wording in side.wordings:
            places = [f"[{_plain(f'{v.article}:{v.line}')}]({numbers[id(v)]})" if id(v) in numbers
                      else _plain(f"{v.article}:{v.line}") for v in wording.places]
            wordings.append(f"“{_plain(wording.text)}” ({', '.join(dict.fromkeys(places))})")
        parts.append(" or ".join(wordings))
    note = f" ({_plain(standing.note)})" if standing.note else ""
    return f"{_plain(finding.question)}: {' against '.join(parts)}. {_plain(finding.reason)}{note}"


def _plain(text: str) -> str:
    """Text in a SARIF message without links of its own (section 3.11.6)."""
    return clean(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _place(value: FindingValue, articles: Mapping[str, Article]) -> dict[str, Any]:
    article = articles.get(value.article)
    place: dict[str, Any] = {"artifactLocation": _location(article.path if article else value.article)}
    if found := region(value, article):
        place["region"] = {"startLine": found.line, "startColumn": found.column, "endLine": found.end_line,
                           "endColumn": found.end_column, "snippet": {"text": value.text}}
    return {"physicalLocation": place}


def _location(path: str) -> dict[str, str]:
    """A file as a URI: relative to the repository checked out, or to the folder of the run where it is beneath it."""
    place = Path(checked_out(path))
    if place.is_absolute():
        try:
            place = place.relative_to(Path.cwd())
        except ValueError:
            return {"uri": place.as_uri()}
    return {"uri": quote(place.as_posix().removeprefix("./"), safe="/"), "uriBaseId": _ROOT}
