"""A finding in plain words, for formats that show a line or a few: annotations, test results, alerts."""
from __future__ import annotations

from collections.abc import Mapping

from tabulate import tabulate

from factcheck.model import FLAGGED, Article, Finding, FindingValue
from factcheck.policy import Standing
from factcheck.reporting.counts import percent
from factcheck.reporting.sides import Side, sides
from factcheck.reporting.text import clean, wrapped

LEVELS = ("error", "warning", "note")


def level(finding: Finding, standing: Standing) -> str:
    """`error` for what fails the build, `warning` for what is flagged all the same, `note` for the rest."""
    if standing.fails:
        return "error"
    return "warning" if finding.relation in FLAGGED and not standing.hidden else "note"


def title(finding: Finding) -> str:
    """Relation, kind and question on one line."""
    return f"{finding.relation.capitalize()} of {finding.kind}: {clean(finding.question)}"


def ordered(finding: Finding) -> list[FindingValue]:
    """The values with the one to look at first in front: the first place of the least supported side, then the first
    places of the other sides, then the rest."""
    firsts = [side.wordings[0].places[0] for side in reversed(sides(finding))]
    return [*firsts, *(v for v in finding.values if v not in firsts)]


def against(finding: Finding) -> str:
    """What the sides say, in a sentence: “jeudi” (a.txt:3, b.txt:9) against “samedi” (c.txt:1)."""
    return " against ".join(told(side) for side in sides(finding))


def told(side: Side) -> str:
    """What one side says, and where."""
    return " or ".join(f"“{w.text}” ({', '.join(dict.fromkeys(f'{clean(v.article)}:{v.line}' for v in w.places))})"
                       for w in side.wordings)


def summary(finding: Finding, standing: Standing) -> str:
    """Everything in one line: what the sides say, the reason, the decision, and how to look closer."""
    note = f" [{clean(standing.note)}]" if standing.note else ""
    reason = clean(finding.reason).rstrip(".")
    return f"{against(finding)}: {reason}{note} ({percent(finding.confidence)} certain, {finding.id})"


def side_by_side(finding: Finding, articles: Mapping[str, Article]) -> str:
    """Every place with its quote, side by side: a block of lines."""
    lines = []
    for number, side in enumerate(sides(finding), 1):
        lines.append(f"side {number}" + (f" ({side.mark})" if side.mark else ""))
        for wording in side.wordings:
            for value in wording.places:
                path = articles[value.article].path if value.article in articles else value.article
                said = f", said by {clean(value.attributed_to)}" if value.attributed_to else ""
                lines += [f"  {clean(path)}:{value.line}: “{wording.text}”{said}", f"    {clean(value.quote)}"]
    return "\n".join(lines)


def in_columns(finding: Finding, articles: Mapping[str, Article], width: int = 100) -> str:
    """The sides side by side, a column each: every wording with its places and quotes."""
    found = sides(finding)
    room = max(24, width // len(found) - 3)
    cells = []
    for side in found:
        lines: list[str] = []
        for value in (v for w in side.wordings for v in w.places):
            path = articles[value.article].path if value.article in articles else value.article
            said = f", said by {clean(value.attributed_to)}" if value.attributed_to else ""
            lines += wrapped(f"{clean(path)}:{value.line}{said}", room) + wrapped(clean(value.quote), room) + [""]
        cells.append("\n".join(lines[:-1]))
    heads = ["\n".join(wrapped(" or ".join(f"“{w.text}”" for w in side.wordings), room)) for side in found]
    return tabulate([cells], heads, tablefmt="simple", disable_numparse=True)
