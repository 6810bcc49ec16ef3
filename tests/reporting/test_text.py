from hypothesis import given
from hypothesis import strategies as st

from factcheck.reporting.text import clean, clip, columns, line_spans, masked, wrapped

HOSTILE = st.text(st.sampled_from("ab é\n\t\x1b[31mK]0;\x07\u202e\u2066\u200f\x9b日本\u0301🇫🇷\x00\ud800;"), max_size=60)
TEXT = st.one_of(st.text(max_size=80), HOSTILE)


def test_escape_sequences_and_direction_marks_leave_no_trace():
    assert clean("a\x1b[31;1mb\x1b[0m\x1b]0;title\x07c\u202ed\u200fe\x9b2Jf\x00") == "abcdef"


def test_white_space_of_any_kind_becomes_one_space():
    assert clean("  un\u00a0million\n\td'euros \u2028") == "un million d'euros"


@given(TEXT)
def test_nothing_that_acts_on_a_terminal_survives(text):
    assert not set(clean(text)) & {chr(c) for c in [*range(32), *range(0x7f, 0xa0), *range(0x202a, 0x202f)]}


@given(TEXT)
def test_masking_moves_no_offset_and_leaves_one_line(text):
    shown = masked(text)
    assert len(shown) == len(text)
    assert "\x1b" not in shown and len(shown.splitlines()) <= 1


@given(TEXT, st.integers(12, 60))
def test_a_clipped_text_fits(text, width):
    text = clean(text)
    assert columns(clip(text, width)) <= max(width, columns(text) if columns(text) <= width else 0)


def test_clipping_leaves_out_whole_words_of_the_middle():
    assert clip("ordonner l'arrêt immédiat de la ligne pour une durée de trois mois", 40) == \
        "ordonner l'arrêt immédiat … trois mois"


@given(TEXT, st.integers(10, 60))
def test_wrapped_lines_fit_and_lose_no_letter(text, width):
    text = clean(text)
    lines = wrapped(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_no_line_starts_with_a_question_mark():
    assert all(not line.startswith("?") for width in range(8, 40)
               for line in wrapped("la cabine s'est immobilisée [quand ?] puis [où ?] donc", width))


@given(TEXT, st.integers(4, 60))
def test_lines_cover_every_word_within_the_width(text, width):
    text = masked(text)
    spans = line_spans(text, width)
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(i in covered for i, letter in enumerate(text) if not letter.isspace())
    assert all(columns(text[start:end]) <= width for start, end in spans)


def test_a_file_name_too_long_for_a_line_is_broken_between_its_words():
    lines = wrapped("revue-developpeurs.txt stands alone against 2", 19)
    assert lines == ["revue-", "developpeurs.txt", "stands alone", "against 2"]


def test_a_word_that_cannot_be_broken_between_its_parts_gets_no_space():
    lines = wrapped("004_434987947d297ae9bc.txt stands alone", 19)
    assert lines == ["004_434987947d297ae", "9bc.txt stands", "alone"]
