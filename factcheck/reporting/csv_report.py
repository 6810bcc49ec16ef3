"""The findings as CSV for a spreadsheet: one row a value."""
from __future__ import annotations

import csv
import io

from factcheck.model import Report
from factcheck.reporting.text import clean

COLUMNS = ("finding", "relation", "kind", "question", "confidence", "reason", "article", "outlet", "published",
           "line", "start", "end", "text", "value", "minority", "attributed_to", "quote")


def render(report: Report) -> str:
    """The findings as CSV (RFC 4180, with a header), safe to open in a spreadsheet."""
    articles = {article.id: article for article in report.articles}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for finding in report.findings:
        for value in finding.values:
            article = articles.get(value.article)
            published = article.published.iso if article and article.published else ""
            writer.writerow([
                finding.id, finding.relation, finding.kind, cell(finding.question), f"{finding.confidence:.4f}",
                cell(finding.reason), cell(value.article), cell(article.outlet or "" if article else ""), published,
                value.line, value.start, value.end, cell(value.text), cell(value.value),
                "yes" if value.minority else "no", cell(value.attributed_to or ""), cell(value.quote)])
    return out.getvalue()


def cell(text: str) -> str:
    """A text no spreadsheet takes for a formula: an apostrophe goes before what would start one.

    After OWASP's advice on CSV injection.
    """
    text = clean(text)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else text
