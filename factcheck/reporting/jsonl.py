"""The findings as JSON Lines: one finding a line, each as in the JSON report."""
from __future__ import annotations

from factcheck.model import Report
from factcheck.reporting.json_report import dumps, finding_to_dict


def render(report: Report) -> str:
    """The findings, one JSON object a line."""
    return "".join(dumps(finding_to_dict(finding)) + "\n" for finding in report.findings)
