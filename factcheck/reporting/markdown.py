"""The findings as Markdown for a pull-request comment: a table that GitHub and its like render."""
from __future__ import annotations

import re

from factcheck.model import Finding, Report
from factcheck.reporting.counts import closing_line, percent, short_ids
from factcheck.reporting.sides import sides, unique_places
from factcheck.reporting.style import Style
from factcheck.reporting.text import clean, clip

_LONGEST = 200  # columns of a value's words
_MARKUP = re.compile(r"([\\`*_{}\[\]#!|~<>&$])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
# Forges turn these into mentions, references and links, which no article may cause; an empty comment splits them.
_LIVE = re.compile(r"(?<=@)(?=\w)|(?<=\bwww)(?=\.)|(?<=://)(?=\S)|(?<=\bGH)(?=-)", re.IGNORECASE)


def render(report: Report, shown: Report) -> str:
    """The shown findings as a Markdown table, and a line that counts every finding of the report."""
    ids = short_ids(report.findings)
    lines = []
    if shown.findings:
        lines += ["| Finding | Question | Values | Why |", "| :-- | :-- | :-- | :-- |"]
        lines += [_row(finding, ids[finding.id]) for finding in shown.findings]
        lines.append("")
    lines.append(closing_line(report, shown.findings))
    return "\n".join(lines) + "\n"


def _row(finding: Finding, short_id: str) -> str:
    cells = (f"**{Style().relation(finding.relation)}**<br>{percent(finding.confidence)} · `{clean(short_id)}`",
             escape(finding.question), "<br>".join(_values(finding)), escape(finding.reason))
    return f"| {' | '.join(cells)} |"


def _values(finding: Finding) -> list[str]:
    """The lines of the cell of values: a side a bullet, its wordings beneath each other."""
    found = sides(finding)
    lines = []
    for side in found:
        for number, wording in enumerate(side.wordings):
            bullet = ("&nbsp;&nbsp;" if number else "• ") if len(found) > 1 else ""
            meaning = f" ({escape(wording.meaning)})" if wording.meaning else ""
            mark = f" **◂ {side.mark}**" if side.mark and not number else ""
            places = ", ".join(map(escape, unique_places(wording)))
            lines.append(f"{bullet}“{escape(clip(wording.text, _LONGEST))}”{meaning} — {places}{mark}")
    return lines


def escape(text: str) -> str:
    """A text that shows as it stands in a cell: no markup, no HTML, no mention, no link comes of it."""
    marked = _MARKUP.sub(lambda match: _ENTITIES.get(match[1], f"\\{match[1]}"), clean(text))
    return _LIVE.sub("<!-- -->", marked).replace("#", "#<!-- -->")
