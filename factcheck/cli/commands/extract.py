"""`factcheck extract`: what each article claims, as JSON Lines."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import cloup

from factcheck.cli import console, options
from factcheck.model import Article


@cloup.command("extract", short_help="Write each article's claims as JSON Lines.")
@options.paths()
@cloup.option_group("Reading", options.language())
@cloup.option_group(
    "Output",
    cloup.option("--body", is_flag=True, help="Print the text the offsets count into instead: the extracted body of "
                 "an HTML file, any other file's own text."),
    options.output(), options.quiet())
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], language: str | None, body: bool, output: Path | None,
            quiet: bool) -> None:
    """Write the claims of each article as JSON Lines: text, span, line, attribution, entities, values with their sets.

    Exit status: 0, or 2 when something could not be read; the others are written all the same.
    """
    from factcheck.cli.run import read_articles

    console.check_output(output)
    articles, errors = read_articles(paths, language)
    console.emit(_bodies(articles) if body else _claims(articles, quiet), output)
    ctx.exit(2 if errors else 0)


def _claims(articles: Sequence[Article], quiet: bool) -> str:
    """The claims of all articles, one JSON object a line."""
    from factcheck import pipeline
    from factcheck.reporting import claims_jsonl

    lines = []
    with console.progress_bar(quiet) as progress:
        for number, article in enumerate(articles):
            if progress:
                progress("reading", number, len(articles))
            lines.append(claims_jsonl.render(article, pipeline.extract(article)))
    return "".join(lines)


def _bodies(articles: Sequence[Article]) -> str:
    """The articles' texts, under their names where there are several."""
    if len(articles) == 1:
        return articles[0].text.rstrip("\n") + "\n"
    return "\n".join(f"==> {article.id} <==\n{article.text.rstrip()}\n" for article in articles)
