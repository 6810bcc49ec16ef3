"""One finding in full: every value in its paragraph, how it was worked out, and why the questions were linked."""
from __future__ import annotations

from math import exp

from tabulate import tabulate

from factcheck.model import Article, Evidence, Finding, FindingValue, Report
from factcheck.reporting.counts import percent
from factcheck.reporting.meaning import meaning
from factcheck.reporting.sides import Side, sides
from factcheck.reporting.style import Style
from factcheck.reporting.text import clean, clip, columns, line_spans, masked, wrapped

_INDENT = "  "
_CONTEXT = 300  # characters of a long paragraph shown on either side of the value
_BAR = 20  # columns of the longest bar
_DETAIL = 16  # columns below which the details of the evidence are left out
_WEIGHS = 0.005  # evidence that says less is left out of the chart
_CHOICES = 12  # possibilities spelled out
_NAMES = ("person", "organization", "place")  # whose canonical value is only folded
_UNDERLINE = "1;4"


def render(report: Report, finding: Finding, style: Style) -> str:
    """Everything known of one finding, as text for a person."""
    articles = {article.id: article for article in report.articles}
    blocks = ["\n".join(_heading(finding, style))]
    found = sides(finding)
    for number, side in enumerate(found, 1):
        title = _side_title(side, number) if len(found) > 1 else "All say the same"
        blocks.append(_rule(title, style))
        blocks += ["\n".join(_value(finding.kind, value, articles.get(value.article), style))
                   for wording in side.wordings for value in wording.places]
    if finding.evidence:
        blocks.append("\n".join([_rule("Why these answer one question", style), *_evidence(finding.evidence, style)]))
    return style.plain("\n\n".join(blocks)) + "\n"


def _heading(finding: Finding, style: Style) -> list[str]:
    relation = style.relation(finding.relation)
    facts = f"{finding.kind} · {percent(finding.confidence)} certain · {clean(finding.id)}"
    return [*wrapped(f"{relation} · {facts}", style.width, _INDENT),
            *map(style.bold, wrapped(clean(finding.question), style.width)),
            *wrapped(clean(finding.reason), style.width)]


def _side_title(side: Side, number: int) -> str:
    readings = dict.fromkeys(w.meaning or f"“{w.text}”" for w in side.wordings)
    mark = f" (◂ {side.mark})" if side.mark else ""
    return f"Side {number}: {'; '.join(readings)}{mark}"


def _rule(title: str, style: Style) -> str:
    """A title on a rule; of a long title, words in its middle are left out."""
    title = clip(title, style.width - 6)
    return f"── {style.bold(title)} {'─' * (style.width - columns(title) - 4)}"


def _value(kind: str, value: FindingValue, article: Article | None, style: Style) -> list[str]:
    """One value: where it stands, its paragraph with the value underlined, what it means, who says it."""
    lines = wrapped(" · ".join(_source(value, article)), style.width, _INDENT)
    text, start, end = _passage(value, article)
    lines += [f"{_INDENT}│ {line}" for line in underlined(text, start, end, style.width - len(_INDENT) - 2, style)]
    if reading := _reading(kind, value):
        lines += [f"{_INDENT}{line}" for line in wrapped(reading, style.width - len(_INDENT), _INDENT)]
    if value.attributed_to:
        lines += wrapped(f"{_INDENT}said by {clean(value.attributed_to)}", style.width, _INDENT * 2)
    return lines


def _reading(kind: str, value: FindingValue) -> str:
    """What a value stands for, and how that was worked out; nothing for what the words say themselves."""
    text, how = clean(value.text), clean(value.how)
    reading = meaning(kind, text, value.value, most=_CHOICES) or ("" if kind in _NAMES else clean(value.value))
    parts = [part for part in (reading, how) if part and part.casefold() != text.casefold()]
    if reading and how.startswith(reading):
        parts = [how]
    return f"“{text}” → {': '.join(parts)}" if parts else ""


def _source(value: FindingValue, article: Article | None) -> list[str]:
    """The article's place, outlet and date, as far as they are known."""
    parts = [f"{clean(value.article)}:{value.line}"]
    if article and article.outlet:
        parts.append(clean(article.outlet))
    if article:
        parts.append(f"published {article.published.iso}" if article.published else "no date of publication")
    return parts


def _passage(value: FindingValue, article: Article | None) -> tuple[str, int, int]:
    """The value's paragraph, cut to its surroundings where it is long, and the value's span in it."""
    paragraphs = article.paragraphs if article else ()
    around = next((p for p in paragraphs if p.start <= value.start and value.end <= p.end), None)
    if article and around:
        first = around.start if value.start - around.start <= _CONTEXT else _word_start(article.text, value.start)
        last = around.end if around.end - value.end <= _CONTEXT else _word_end(article.text, value.end)
        text, start = article.text[first:last], value.start - first
        before, after = "… " * (first > around.start), " …" * (last < around.end)
        return before + text + after, start + len(before), start + len(before) + len(value.text)
    start = max(value.quote.find(value.text), 0)
    return value.quote, start, start + len(value.text)


def _word_start(text: str, at: int) -> int:
    """The start of a word about `_CONTEXT` characters before a place."""
    return text.find(" ", at - _CONTEXT, at) + 1 or at


def _word_end(text: str, at: int) -> int:
    """The end of a word about `_CONTEXT` characters after a place."""
    end = text.rfind(" ", at, at + _CONTEXT)
    return end if end > 0 else at


def underlined(text: str, start: int, end: int, width: int, style: Style) -> list[str]:
    """The text in lines of at most `width` columns, its span underlined: by the terminal, or by carets beneath."""
    text = masked(text)
    lines = []
    for first, last in line_spans(text, width):
        low, high = max(first, min(start, last)), max(first, min(end, last))
        before, inside, after = text[first:low], text[low:high], text[high:last]
        lines.append(before + style.paint(inside, _UNDERLINE) + after)
        if inside.strip() and not style.colour:
            lines.append(" " * columns(before) + "^" * columns(inside))
    return lines


def _evidence(evidence: tuple[Evidence, ...], style: Style) -> list[str]:
    """The evidence as a bar chart, in log-odds, the weightiest first, and the probability their sum gives."""
    ordered = sorted(evidence, key=lambda e: -abs(e.weight))
    scale = _BAR / max(abs(ordered[0].weight), 1e-9)
    name_width = min(max(columns(clean(e.name)) for e in ordered), style.width // 3)
    detail_width = style.width - len(_INDENT) - name_width - _BAR - 12
    rows = [["\n".join(wrapped(clean(e.name), name_width)), _signed(e.weight),
             style.paint("█" * round(abs(e.weight) * scale) or "▏", _hue(e.weight)),
             _detail(e.detail, detail_width, style)] for e in ordered if abs(e.weight) >= _WEIGHS]
    chart = tabulate(rows, tablefmt="plain", disable_numparse=True).splitlines()
    total = sum(e.weight for e in evidence)
    likely = f"{'sum'.ljust(name_width)}  {_signed(total)}  = {percent(1 / (1 + exp(-total)))} likely"
    whose = wrapped("The surest link between two answers that differ; how certain the finding is weighs all of them.",
                    style.width - len(_INDENT))
    return [f"{_INDENT}{line}".rstrip() for line in [*chart, likely, *map(style.dim, whose)]]


def _detail(text: str, width: int, style: Style) -> str:
    return "\n".join(map(style.dim, wrapped(clean(text), width))) if width >= _DETAIL else ""


def _hue(weight: float) -> str:
    return "32" if weight >= 0 else "31"


def _signed(weight: float) -> str:
    return f"{'−' if weight < 0 else '+'}{abs(weight):.2f}"
