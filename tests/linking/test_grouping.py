"""Groups hold together as a whole."""
from hypothesis import given
from hypothesis import strategies as st

from factcheck.linking.grouping import Ties, group


def test_a_chain_of_doubtful_links_is_no_group():
    chance = {(0, 1): 0.9, (1, 2): 0.55, (2, 3): 0.9}
    assert group([0, 1, 2, 3], chance, 0.5, 0.5) == [[0, 1], [2, 3]]


def test_sure_links_make_one_group():
    chance = {(0, 1): 0.9, (0, 2): 0.7, (1, 2): 0.8}
    assert group([0, 1, 2], chance, 0.5, 0.5) == [[0, 1, 2]]


def test_nothing_sure_is_no_group():
    assert group([0, 1, 2], {(0, 1): 0.4, (1, 2): 0.3}, 0.5, 0.5) == []


def test_answers_that_differ_need_less():
    chance = {(0, 1): 0.3, (2, 3): 0.3}
    assert group([0, 1, 2, 3], chance, 0.5, 0.2, Ties({(0, 1)})) == [[0, 1]]


def test_an_article_that_gives_both_answers_keeps_them_apart():
    chance = {(0, 1): 0.9, (2, 3): 0.9, (0, 3): 0.4, (1, 2): 0.4, (1, 3): 0.4}
    opposed = {(0, 2), (0, 3), (1, 2), (1, 3)}
    assert group([0, 1, 2, 3], chance, 0.5, 0.2, Ties(opposed)) == [[0, 1, 2, 3]]
    assert group([0, 1, 2, 3], chance, 0.5, 0.2, Ties(opposed, apart={(1, 3)})) == [[0, 1], [2, 3]]


@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]),
                       st.floats(0, 1)), st.floats(0.1, 0.9))
def test_groups_are_disjoint_and_deterministic(chance, threshold):
    found = group(range(8), chance, threshold, threshold / 2)
    members = [m for g in found for m in g]
    assert len(members) == len(set(members)) and all(len(g) > 1 for g in found)
    assert found == group(range(8), dict(reversed(chance.items())), threshold, threshold / 2)


def test_an_article_on_both_sides_takes_a_surer_link_but_for_two_parties():
    chance = {(0, 1): 0.9, (0, 2): 0.3, (1, 2): 0.3}
    opposed, source = {(0, 2), (1, 2)}, {0: "a", 1: "b", 2: "b"}
    assert group([0, 1, 2], chance, 0.5, 0.2, Ties(opposed)) == [[0, 1, 2]]
    assert group([0, 1, 2], chance, 0.5, 0.2, Ties(opposed, source=source)) == [[0, 1]]
    assert group([0, 1, 2], chance, 0.5, 0.2, Ties(opposed, voices={(1, 2)}, source=source)) == [[0, 1, 2]]


def test_a_vague_answer_does_not_keep_a_contradiction_apart():
    # 9 p.m. (0, of article a), 9 p.m. (1), "in the evening" (2, of article a), 6 p.m. (3)
    chance = {(0, 1): 0.95, (2, 3): 0.9, (0, 3): 0.8, (1, 3): 0.6, (1, 2): 0.5}
    opposed, source = {(0, 3), (1, 3)}, {0: "a", 1: "b", 2: "a", 3: "c"}
    found = group(range(4), chance, 0.5, 0.12, Ties(opposed, source=source))
    assert [0, 1, 3] in [[m for m in own if m != 2] for own in found]


def test_a_mention_that_fits_nowhere_stands_alone():
    chance = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9, (2, 3): 0.6}
    assert group(range(4), chance, 0.5, 0.5) == [[0, 1, 2]]
