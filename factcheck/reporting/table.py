"""The discrepancy table: one row a finding, fitted to the terminal, readable without colour."""
from __future__ import annotations

from tabulate import SEPARATING_LINE, tabulate

from factcheck.model import Finding, Report
from factcheck.reporting.counts import closing_line, percent, short_ids
from factcheck.reporting.sides import sides, unique_places
from factcheck.reporting.style import Style
from factcheck.reporting.text import clean, clip, columns, wrapped

_GAP = 2
_RELATION = len("contradiction") + 2  # the longest relation, with its sign
_FOUR_COLUMNS, _THREE_COLUMNS = 110, 64  # the least widths for a column each, and for the question under the relation
_LONGEST = 110  # columns of a value's words in a cell; `explain` shows them all
_MINORITY = "1;33"


def render(report: Report, shown: Report, style: Style) -> str:
    """The shown findings as a table, and a line that counts every finding of the report."""
    parts = [_table(shown.findings, short_ids(report.findings), style)] if shown.findings else []
    parts.append(style.plain("\n".join(wrapped(closing_line(report, shown.findings), style.width))))
    return "\n\n".join(parts) + "\n"


def _table(findings: tuple[Finding, ...], ids: dict[str, str], style: Style) -> str:
    if style.width >= _FOUR_COLUMNS:
        return _four(findings, ids, style)
    if style.width >= _THREE_COLUMNS:
        return _three(findings, ids, style)
    return "\n\n".join(_stacked(finding, ids, style) for finding in findings)


def _four(findings: tuple[Finding, ...], ids: dict[str, str], style: Style) -> str:
    """Relation, question, values and reason side by side."""
    rest = style.width - _RELATION - 3 * _GAP
    question, reason = rest * 22 // 100, rest * 28 // 100
    values = rest - question - reason
    rows = [["\n".join(_head(f, ids, style)), _cell(f.question, question), "\n".join(_values(f, values, style)),
             _cell(f.reason, reason)] for f in findings]
    return _lay_out(rows, ("Relation", "Question", "Values", "Why"), (_RELATION, question, values, reason), style)


def _three(findings: tuple[Finding, ...], ids: dict[str, str], style: Style) -> str:
    """The question under the relation, then values and reason."""
    rest = style.width - 2 * _GAP
    first = max(_RELATION, rest * 24 // 100)
    reason = max(18, rest * 26 // 100)
    values = rest - first - reason
    rows = []
    for f in findings:
        relation, note = _head(f, ids, style)
        rows.append(["\n".join([relation, *wrapped(clean(f.question), first), note]),
                     "\n".join(_values(f, values, style)), _cell(f.reason, reason)])
    return _lay_out(rows, ("Finding", "Values", "Why"), (first, values, reason), style)


def _stacked(finding: Finding, ids: dict[str, str], style: Style) -> str:
    """One finding as a block of lines, for a narrow terminal."""
    relation, note = _head(finding, ids, style)
    return style.plain("\n".join([f"{relation}  {note}", *wrapped(clean(finding.question), style.width),
                                  *_values(finding, style.width, style),
                                  *wrapped(f"→ {clean(finding.reason)}", style.width, "  ")]))


def _lay_out(rows: list[list[str]], headers: tuple[str, ...], widths: tuple[int, ...], style: Style) -> str:
    """The rows under their headers, a rule between two of them, every column at its full width."""
    # tabulate makes a column two wider than its header (MIN_PADDING).
    padded = [style.bold(header) + " " * (width - 2 - len(header))
              for header, width in zip(headers, widths, strict=True)]
    lines = [line for row in rows for line in (row, [SEPARATING_LINE])]
    table = tabulate(lines, padded, tablefmt="simple", disable_numparse=True, preserve_whitespace=True).splitlines()
    dashes = table[1]
    drawn = [dashes.replace("-", "━"), *(dashes.replace("-", "─") if line == dashes else line for line in table[2:-1])]
    return style.plain("\n".join(line.rstrip() for line in [table[0], *drawn]))


def _cell(text: str, width: int) -> str:
    return "\n".join(wrapped(clean(text), width))


def _head(finding: Finding, ids: dict[str, str], style: Style) -> tuple[str, str]:
    """A finding's relation, and the note with its confidence and short id."""
    return style.relation(finding.relation), style.dim(f"{percent(finding.confidence)} · {clean(ids[finding.id])}")


def _values(finding: Finding, width: int, style: Style) -> list[str]:
    """The lines of the cell of values: each side behind a bullet, each wording with its places."""
    found = sides(finding)
    bullet = "• " if len(found) > 1 else ""
    lines = []
    for side in found:
        said = ""
        for number, wording in enumerate(side.wordings):
            lead = " " * len(bullet) if number else bullet
            meaning = f" ({wording.meaning})" if wording.meaning and wording.meaning != said else ""
            mark = f"  ◂ {side.mark}" if side.mark and not number else ""
            said = wording.meaning
            lines += _wording(f"{lead}“{clip(wording.text, _LONGEST)}”{meaning}", mark,
                              ", ".join(unique_places(wording)), len(bullet), width, style)
    return lines


def _wording(words: str, mark: str, places: str, indent: int, width: int, style: Style) -> list[str]:
    """The lines of one wording: its places stand behind it where there is room, else beneath."""
    if columns(f"{words} — {places}{mark}") <= width:
        return [words + style.dim(f" — {places}") + style.paint(mark, _MINORITY)]
    hanging = " " * (indent + 2)
    lines = wrapped(words + mark, width, hanging)
    if mark:
        lines[-1] = lines[-1].replace(mark.strip(), style.paint(mark.strip(), _MINORITY))
    return lines + [style.dim(line) for line in wrapped(f"{hanging}— {places}", width, hanging + "  ")]
