"""Files into articles: their own words with their place in the file, title, outlet, date of publication, language."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from factcheck.errors import InputError
from factcheck.model import Article
from factcheck.reading.article import Draft, draft, finish
from factcheck.reading.files import collect

__all__ = ["collect", "read", "read_all"]


def read(path: str | Path, *, root: Path | None = None, language: str | None = None,
         published: str | None = None) -> Article:
    """One file as an article.

    `root` is the folder its id is relative to (by default the id is the file's name); `language` and `published`
    (`2031-03-12`, `2031-03`, `12 mars 2031`) stand above what the file says. Offsets count code points of the file's
    text, or of the extracted body for HTML. Raises `InputError`, in one line, for a file that can't be read as an
    article.
    """
    path = Path(path)
    name = path.relative_to(root).as_posix() if root is not None and path.is_relative_to(root) else path.name
    return finish(draft(path, language, published), name)


def read_all(paths: Iterable[str | Path], *, language: str | None = None) -> tuple[list[Article], list[InputError]]:
    """The articles in files and folders, in order, and what could not be read.

    Ids are file names, with their folders where two files share a name. An article whose date lacks its year
    (`LYON, 12 mars (Agence)`) takes the one that brings it nearest to the others.
    """
    files, errors = collect(paths)
    drafts: list[tuple[Draft, Path, Path]] = []
    for path, root in files:
        try:
            drafts.append((draft(path, language), path, root))
        except InputError as error:
            errors.append(error)
    names = _ids([(path, root) for _, path, root in drafts])
    others = [d.stamp for d, _, _ in drafts]
    return [finish(d, name, others) for (d, _, _), name in zip(drafts, names, strict=True)], errors


def _ids(files: list[tuple[Path, Path]]) -> list[str]:
    """A name for each file: its own, or with its folders where that is not enough to tell it."""
    names = [path.name for path, _ in files]
    for naming in (lambda path, root: path.relative_to(root).as_posix(),
                   lambda path, root: f"{root.resolve().name}/{path.relative_to(root).as_posix()}",
                   lambda path, root: path.resolve().as_posix()):
        shared = {n for n in names if names.count(n) > 1}
        if not shared:
            break
        names = [naming(path, root) if n in shared else n for n, (path, root) in zip(names, files, strict=True)]
    return names
