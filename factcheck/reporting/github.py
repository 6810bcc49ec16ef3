"""The findings as GitHub's workflow commands: each side is marked on its line of the pull request."""
from __future__ import annotations

from collections.abc import Mapping

from factcheck.model import Article, Finding, FindingValue, Report
from factcheck.policy import Standing
from factcheck.reporting.counts import closing_line
from factcheck.reporting.sides import sides
from factcheck.reporting.source import checked_out, region
from factcheck.reporting.text import clean
from factcheck.reporting.words import level, ordered, summary, title

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, shown: Report, standings: Mapping[str, Standing]) -> str:
    """Commands for every shown finding, then the line that counts the report's findings."""
    articles = {a.id: a for a in report.articles}
    lines = [line for f in shown.findings for line in _commands(f, standings.get(f.id, Standing()), articles)]
    return "\n".join([*lines, _harmless(closing_line(report, shown.findings))]) + "\n"


def _commands(finding: Finding, standing: Standing, articles: Mapping[str, Article]) -> list[str]:
    command, message = _COMMANDS[level(finding, standing)], _data(summary(finding, standing))
    lines = []
    for value in _marked(finding):
        article = articles.get(value.article)
        where = {"file": checked_out(article.path if article else value.article).removeprefix("./")}
        if found := region(value, article):
            where |= {"line": str(found.line), "endLine": str(found.end_line)}
            if found.line == found.end_line:  # columns count only within one line
                where |= {"col": str(found.column), "endColumn": str(found.end_column)}
        where["title"] = clean(title(finding))
        lines.append(f"::{command} {','.join(f'{key}={_property(text)}' for key, text in where.items())}::{message}")
    return lines


def _marked(finding: Finding) -> list[FindingValue]:
    """The places to mark: one a side, and every article that is an odd one out."""
    first = ordered(finding)[:len(sides(finding))]
    seen, odd = {(v.article, v.side) for v in first}, []
    for value in finding.values:
        if value.minority and (value.article, value.side) not in seen:
            seen.add((value.article, value.side))
            odd.append(value)
    return first + odd


def _data(text: str) -> str:
    """The text of a command, as the runner reads it back."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _harmless(line: str) -> str:
    return line.replace("::", ": :")
