"""What several tests share: an article made of one text, and its parsed sentences."""
from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from factcheck.extraction.parse import parse
from factcheck.model import Article, Paragraph, PartialDate, Sentence


def make_article(text: str, language: str = "fr", published: PartialDate | None = None, name: str = "a.txt") -> Article:
    """An article whose whole text is one paragraph."""
    return Article(name, name, text, (Paragraph(0, len(text)),), published=published, language=language)


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the tests work out in a folder of the session's own: no test reads or fills the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTCHECK_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def article() -> Callable[..., Article]:
    """`make_article`, for tests that need one."""
    return make_article


@pytest.fixture
def sentences() -> Callable[[str, str], tuple[Sentence, ...]]:
    """The parsed sentences of a text in a language."""
    return lambda text, language: parse(make_article(text, language))
