"""Sentence pairs of one's own: what the file may be, where the values come from, and what the table says."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import InputError
from training import sentence_pairs
from training.sentence_pairs import LabelledPair, measure, read_pairs, show, sides, table

ROOT = Path(__file__).parents[2]
TINY = """premise\thypothesis\tlabel
The judge dismissed the complaint on Thursday.\tThe complaint was rejected on Thursday.\tentailment
Le juge a rejeté la plainte jeudi.\tThe judge upheld the complaint.\tcontradiction
The blast injured 22 people.\tThe explosion left 41 people injured.\tcontradiction
The blast injured 22 people.\tThe mayor likes tea.\tneutral
"Hello\tGoodbye"\t-
"""


@pytest.fixture
def file(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "pairs.tsv"
        path.write_text(text, encoding=encoding)
        return path

    return write


def test_a_file_is_read_line_by_line_and_what_has_no_label_is_counted(file):
    pairs, unlabelled = read_pairs(file(TINY, "utf-8-sig"))
    assert [p.label for p in pairs] == ["entailment", "contradiction", "contradiction", "neutral"] and unlabelled == 1
    assert pairs[0] == LabelledPair("The judge dismissed the complaint on Thursday.",
                                    "The complaint was rejected on Thursday.", "entailment")


def test_columns_may_have_other_names_and_stand_in_any_order(file):
    pairs, _ = read_pairs(file("gold_label\tid\tSentence2\tsentence1\tlanguage\tkind\r\n"
                               "2\t7\tb\ta\tfr\tdate\r\nAgree\t8\td\tc\t\t\r\n"))
    assert pairs == [LabelledPair("a", "b", "contradiction", "date", "fr"), LabelledPair("c", "d", "entailment")]


@pytest.mark.parametrize(("text", "complaint"), [
    ("", "pairs.tsv: has no column premise and no column hypothesis and no column label"),
    ("premise,hypothesis,label\na,b,0\n", "has no column premise"),
    ("premise\thypothesis\tlabel\n", "needs pairs of both sorts"),
    ("premise\thypothesis\tlabel\na\tb\t0\n", "needs pairs of both sorts"),
    ("premise\thypothesis\tlabel\na\tb\t0\nc\td\tmaybe\n", "pairs.tsv:3: no such label: 'maybe'"),
    ("premise\thypothesis\tlabel\na\t\t0\n", "pairs.tsv:2: a sentence is missing"),
    ("premise\thypothesis\tlabel\tkind\na\tb\t0\tcolour\n", "pairs.tsv:2: no such kind of value: 'colour'"),
    ("premise\thypothesis\tlabel\tlanguage\na\tb\t0\ttlh\n", "pairs.tsv:2: no such language: 'tlh'"),
])
def test_what_is_no_such_file_is_told_with_the_line(file, text, complaint):
    with pytest.raises(InputError) as raised:
        read_pairs(file(text))
    assert complaint in str(raised.value) and "\n" not in str(raised.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path, file):
    with pytest.raises(InputError, match="can't be read: No such file"):
        read_pairs(tmp_path / "none.tsv")
    with pytest.raises(InputError, match="not text in UTF-8"):
        read_pairs(file("premise\thypothesis\tlabel\né\tb\t0\n", "latin-1"))


def test_marked_values_are_taken_as_they_are():
    how, first, second = sides(LabelledPair("The [[22]] hurt are safe.", "Les [[vingt]] blessés.", "differ", "count"))
    assert (how, first.kind) == ("marked", "count")
    assert [s.text[s.start:s.end] for s in (first, second)] == ["22", "vingt"]


def test_else_the_first_two_values_of_one_kind_are_found():
    how, first, second = sides(LabelledPair("In all 22 people were hurt.", "Le choc a fait 41 blessés.", "differ"))
    assert (how, first.kind, second.kind) == ("found", "count", "count")
    assert ["22" in first.text[first.start:first.end], "41" in second.text[second.start:second.end]] == [True, True]
    assert (first.language, second.language) == ("en", "fr")


def test_else_each_sentence_is_one_outcome():
    how, first, second = sides(LabelledPair("Tea.", "A [[coffee.", "agree", language="en"))
    assert how == "whole sentence" and first.kind == second.kind == "outcome"
    assert (first.start, first.end, second.text) == (0, 4, "A coffee.")


def test_the_table_has_accuracy_and_area_for_each_task_and_way():
    rows = table(["contradiction", "entailment", "neutral", "contradiction"],
                 ["found", "found", "found", "whole sentence"], {"good": np.array([0.9, 0.1, 0.2, 0.4])})
    told = {(r.task, r.pairs): (r.number, r.frequent, r.accuracy) for r in rows}
    assert told == {("contradiction or not", "all"): (4, 0.5, 0.75),
                    ("contradiction or entailment", "all"): (3, 2 / 3, 2 / 3),
                    ("contradiction or entailment", "found"): (2, 0.5, 1.0),
                    ("contradiction or entailment", "whole sentence"): (1, 1.0, 0.0)}
    assert [r.area for r in rows[:3]] == [1.0, 1.0, 1.0] and np.isnan(rows[3].area)
    assert show(rows).splitlines()[-1].split()[-3:] == ["1", "1.000", "0.000"]


def test_another_model_is_measured_beside(file, monkeypatch):
    class Stub:
        def contradiction(self, pairs):
            assert pairs[0] == ("A b.", "A c.")
            return np.array([0.8, 0.3])

    monkeypatch.setattr(sentence_pairs, "load_inference", lambda name: Stub() if name == "some/model" else None)
    rows = measure([LabelledPair("A [[b]].", "A [[c]].", "contradiction"), LabelledPair("D.", "D.", "entailment")],
                   "some/model")
    own = {r.score: r for r in rows if r.pairs == "all"}
    assert (own["--nli: contradiction"].accuracy, own["--nli: contradiction"].area) == (1.0, 1.0)
    assert list(own) == ["pair model: differs", "pair model: one question, and differs", "--nli: contradiction",
                         "mean of --nli and differs"]


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "training.sentence_pairs", *args], cwd=ROOT, text=True,
                          capture_output=True, check=False, timeout=300)


def test_the_command_prints_a_table(file):
    done = run(str(file(TINY)))
    assert done.returncode == 0, done.stderr
    assert done.stderr == f"{file(TINY)}: 1 without a label, left out\n"
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["Values", "Task", "Score", "Pairs", "More", "frequent", "Accuracy", "ROC", "area"]
    assert len([line for line in lines if line.startswith("all")]) == 4


def test_what_cannot_be_done_is_one_line_and_status_2(tmp_path):
    done = run(str(tmp_path / "none.tsv"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path / 'none.tsv'}: can't be read: No such file or directory\n"
