"""factcheck: where do several sources on one event agree, and where do they contradict each other?

    import factcheck
    report = factcheck.check(["a.txt", "b.txt"])
    for finding in report.findings:
        print(finding.relation, finding.question, [value.text for value in finding.values])
"""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from factcheck.errors import ConfigError, FactcheckError, InputError, ModelError
from factcheck.model import LEAST, Article, Claim, Fact, Finding, FindingValue, Report, Value

__version__ = "0.1.0"
__all__ = ["Article", "Claim", "ConfigError", "Fact", "FactcheckError", "Finding", "FindingValue", "InputError",
           "ModelError", "Report", "Value", "__version__", "check", "extract"]


def check(paths: Sequence[str | Path], *, language: str | None = None, fast: bool = False, encoder: str | None = None,
          min_confidence: float | None = None, nli: str | None = None) -> Report:
    """Compare the articles in files and folders, and report where they agree, differ and contradict each other.

    `language` is a code such as `fr` where it is known; `fast` leaves the pair model out, which saves some seconds and
    finds a third less; `encoder` names a sentence-transformers model, `nli` a cross-encoder for natural language
    inference (docs/models.md); `min_confidence` (0 to 1) is how certain a contradiction or variant must be, that of the
    command line by default. Raises `InputError` for a file or folder that can't be read.
    """
    from factcheck.pipeline import Options
    from factcheck.pipeline import check as run

    least = LEAST if min_confidence is None else min_confidence
    report, errors = run(paths, language=language, options=Options(fast, encoder, least, nli=nli))
    if errors:
        raise errors[0]
    return report


def extract(path: str | Path, *, language: str | None = None) -> tuple[Claim, ...]:
    """The claims of one article. Raises `InputError` for a file that can't be read."""
    from factcheck.pipeline import extract as run
    from factcheck.reading import read

    return run(read(path, language=language))
