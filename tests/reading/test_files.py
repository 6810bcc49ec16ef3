"""Paths into files and bytes into text; whatever is wrong with a file is told in one line."""
from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.cli.formats import render
from factcheck.errors import InputError
from factcheck.reading import collect, read, read_all
from factcheck.reading.files import decode
from tests.reporting.sample import REPORT

STORY = "La digue a cédé jeudi à l'aube, a annoncé la préfecture, et les habitants du quartier ont été évacués.\n"


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def names(paths: list[Path | str]) -> list[str]:
    return [file.name for file, _ in collect(paths)[0]]


def complaint(path: Path, **options: str) -> str:
    with pytest.raises(InputError) as caught:
        read(path, **options)
    text = str(caught.value)
    assert text.startswith(str(path)), text
    assert "\n" not in text
    return text.removeprefix(f"{path}: ")


def complaint_of(path: Path) -> str:
    """Why a path gives no file to read."""
    (error,) = collect([path])[1]
    return error.message


def test_a_folder_gives_the_articles_in_it_and_below_it_sorted(tmp_path: Path) -> None:
    put(tmp_path, b_txt=STORY, a_md=STORY, sub__c_html=STORY, README_md=STORY, gold_json="{}", notes_pdf=STORY)
    put(tmp_path / ".hidden", d_txt=STORY)
    put(tmp_path, e_HTM=STORY)
    (tmp_path / ".f.txt").write_text(STORY)
    assert names([tmp_path]) == ["a.md", "b.txt", "e.HTM", "c.html"]


def test_a_readme_is_read_when_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, README_md=STORY)
    assert names([tmp_path / "README.md"]) == ["README.md"]


def test_reports_that_factcheck_wrote_are_no_articles(tmp_path: Path) -> None:
    put(tmp_path, a_txt=STORY)
    nothing = replace(REPORT, findings=())
    for name, form, report in (("report.md", "markdown", REPORT), ("none.md", "markdown", nothing),
                               ("report.html", "html", REPORT), ("none.html", "html", nothing),
                               ("report.txt", "table", REPORT), ("none.txt", "table", nothing)):
        (tmp_path / name).write_text(render(report, report, form, {}, tmp_path / name), encoding="utf-8")
        assert complaint_of(tmp_path / name) == "a report of factcheck's own, not an article"
    assert names([tmp_path]) == ["a.txt"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, a_txt=STORY)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    assert names([tmp_path / "a.txt", tmp_path, str(tmp_path / "a.txt")]) == ["a.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    put(tmp_path, a_txt=STORY)
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "x.txt").symlink_to(tmp_path / "y.txt")
    (tmp_path / "y.txt").symlink_to(tmp_path / "x.txt")
    assert names([tmp_path]) == ["a.txt"]
    _, errors = collect([tmp_path / "x.txt"])
    assert [e.path for e in errors] == [str(tmp_path / "x.txt")]


def test_paths_that_lead_nowhere_are_told_and_the_others_read(tmp_path: Path) -> None:
    put(tmp_path, a_txt=STORY)
    (tmp_path / "empty").mkdir()
    articles, errors = read_all([tmp_path / "nowhere", tmp_path / "empty", tmp_path / "a.txt"])
    assert [a.id for a in articles] == ["a.txt"]
    assert "no such file" in errors[0].message
    assert "no articles in this folder" in errors[1].message


def test_ids_are_file_names_made_unique_with_folders(tmp_path: Path) -> None:
    put(tmp_path, one__a_txt=STORY, two__a_txt=STORY, b_txt=STORY)
    assert [a.id for a in read_all([tmp_path])[0]] == ["b.txt", "one/a.txt", "two/a.txt"]
    apart = read_all([tmp_path / "one", tmp_path / "two" / "a.txt"])[0]
    assert len({a.id for a in apart}) == 2


@pytest.mark.parametrize(("data", "words"), [
    (b"", "empty"),
    (b" \n\t\n", "empty"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "not a text"),
    (bytes(range(256)) * 40, "not a text"),
    (b"%PDF-1.7 " + STORY.encode(), "not a text"),
    ("Der Zug ist am Montag nach einem Unfall in der Nähe von Köln stehen geblieben, und niemand wurde verletzt, "
     "sagte die Polizei. Die Strecke bleibt bis zum Abend gesperrt.".encode(), "--lang"),
    (b"2031-01-01\n\n* * *\n", "no article"),
])
def test_what_is_no_article_is_told_in_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    assert words in complaint(path)


def test_a_page_without_an_article_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert "no article" in complaint(path)


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("the file was read"))
    assert "too large" in complaint(path) and "50 MB" in complaint(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_are_told(tmp_path: Path) -> None:
    put(tmp_path, a_txt=STORY)
    (tmp_path / "a.txt").chmod(0)
    assert "permission" in complaint(tmp_path / "a.txt")


def test_a_refused_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, a_txt=STORY)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert complaint(tmp_path / "a.txt") == "no permission to read it"


def test_folders_and_pipes_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "folder" in complaint(tmp_path)
    assert "not a regular file" in complaint(tmp_path / "pipe.txt")


def test_languages_and_dates_that_cannot_be_are_told(tmp_path: Path) -> None:
    put(tmp_path, a_txt=STORY)
    path = tmp_path / "a.txt"
    assert "'xx'" in complaint(path, language="xx")
    for date in ("2031-02-30", "soon", "2031-13", "31 avril 2031"):
        assert date in complaint(path, published=date)


def test_an_impossible_date_in_the_file_is_told_where_it_gives_no_other(tmp_path: Path) -> None:
    put(tmp_path, a_md=f"---\ndate: 2031-02-30\n---\n\n{STORY}", b_txt=f"Publié le 31 avril 2031\n\n{STORY}",
        c_txt=f"date 2031-13 {STORY}", d_txt=f" date 2031-05 {STORY}")
    assert "2031-02-30" in complaint(tmp_path / "a.md")
    assert "31 avril 2031" in complaint(tmp_path / "b.txt")
    assert "2031-13" in complaint(tmp_path / "c.txt")
    found = read(tmp_path / "d.txt").published
    assert found is not None and found.iso == "2031-05"


def test_what_the_user_says_stands_above_the_file(tmp_path: Path) -> None:
    put(tmp_path, a_txt=f"Publié le 3 mai 2031\n\n{STORY}")
    article = read(tmp_path / "a.txt", published="2032-01", language="en")
    assert article.published is not None and article.published.iso == "2032-01"
    assert article.language == "en"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1",
                                      "mac_roman", "cp850"])
def test_texts_are_read_in_the_encodings_they_come_in(encoding: str) -> None:
    text = ("Élodie Françoise Noël a déclaré : le pôle a été évacué à l'aube, « où qu'il fût ». Près de mille élèves, "
            "très inquiets, ont dû être relogés dès jeudi, a précisé la mairie. Ça ne s'arrêtera pas là, dit-elle.")
    if encoding in ("cp850",):
        text = text.replace("«", '"').replace("»", '"')
    assert decode(text.encode(encoding)) == text


def test_a_page_is_read_in_the_encoding_it_names() -> None:
    page = "<html><head><meta charset='iso-8859-15'></head><body><p>Coût : 3 € à l'été</p></body></html>"
    assert decode(page.encode("iso-8859-15")) == page


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = ("été, où, là, déjà, près, très, élève, forêt. " * 5).encode() + b"\xff fin"
    text = decode(data)
    assert text is not None and text.startswith("été, où, là") and text.endswith("fin")
