"""The relation between the answers of one fact."""
from __future__ import annotations

from factcheck.judging.findings import finding
from factcheck.model import Article, Fact, Finding, PartialDate
from tests.judging.facts import judged, mention, sides, source


def reopened(name: str, answer: str, day: int = 20) -> tuple[Article, str]:
    return source(name, f"The harbour bridge reopened {answer}.", day), answer.split(" ", 1)[1]


def test_a_weekday_and_its_date_agree() -> None:
    # 20 May 2031 is a Tuesday.
    found = judged("date", reopened("one", "on Monday"), reopened("two", "on 19 May"))
    assert found.relation == "agreement"


def test_a_month_and_a_day_in_it_agree() -> None:
    assert judged("date", reopened("one", "in May 2031"), reopened("two", "on 19 May 2031")).relation == "agreement"


def test_two_days_contradict_each_other() -> None:
    assert judged("date", reopened("one", "on 18 May"), reopened("two", "on 19 May")).relation == "contradiction"


def test_two_languages_are_compared() -> None:
    french = source("journal", "Le pont a rouvert mercredi 14 mai 2031.", 20, "fr")
    assert judged("date", reopened("one", "on 14 May 2031"), (french, "mercredi")).relation == "agreement"
    assert judged("date", reopened("one", "on 13 May 2031"), (french, "mercredi")).relation == "contradiction"


def crowd(name: str, text: str, count: str) -> tuple[Article, str]:
    return source(name, text), count


POLICE = crowd("one", "According to the police, 4,000 people marched.", "4,000")
UNION = crowd("two", "According to the union, 9,000 people marched.", "9,000")
ITSELF = crowd("three", "In all 9,000 people marched through the town.", "9,000")


def test_two_parties_that_differ_are_a_dispute() -> None:
    assert judged("count", POLICE, UNION).relation == "dispute"


def test_one_party_reported_in_two_ways_is_a_contradiction() -> None:
    other = crowd("two", "According to the police, 9,000 people marched.", "9,000")
    assert judged("count", POLICE, other).relation == "contradiction"


def test_an_article_that_vouches_for_its_answer_makes_a_contradiction() -> None:
    assert judged("count", POLICE, ITSELF).relation == "contradiction"


def dead(name: str, count: str, day: int) -> tuple[Article, str]:
    return source(name, f"The landslide killed {count} people.", day), count


def test_a_toll_that_rises_from_day_to_day_is_an_update() -> None:
    found = judged("count", dead("one", "12", 3), dead("two", "19", 5))
    assert found.relation == "update"
    assert "“12”, then “19”" in found.reason


def test_a_toll_that_rises_in_steps_is_one_update_from_the_first_to_the_last() -> None:
    found = judged("count", dead("one", "19", 5), dead("two", "12", 3), dead("three", "31", 9))
    assert found.relation == "update"
    assert "“12”, then “31”" in found.reason
    assert sorted(sides(found)) == [["one"], ["three"], ["two"]]


def test_a_toll_that_rises_and_falls_again_is_a_contradiction() -> None:
    assert judged("count", dead("one", "12", 3), dead("two", "31", 5), dead("three", "19", 9)
                  ).relation == "contradiction"


def burnt(name: str, area: str, rest: str, day: int) -> tuple[Article, str]:
    return source(name, f"The fire had burnt {area} {rest}.", day), area


def test_an_area_that_has_grown_by_words_of_news_is_an_update_and_without_them_none() -> None:
    first = burnt("one", "900 hectares", "by noon", 3)
    assert judged("measure", first, burnt("two", "2,100 hectares", "by now, officials said in an update", 5)
                  ).relation == "update"
    assert judged("measure", first, burnt("two", "2,100 hectares", "", 3)).relation == "contradiction"


def test_a_toll_that_falls_is_a_contradiction() -> None:
    assert judged("count", dead("one", "19", 3), dead("two", "12", 5)).relation == "contradiction"


def test_tolls_of_one_day_are_a_contradiction() -> None:
    assert judged("count", dead("one", "12", 3), dead("two", "19", 3)).relation == "contradiction"


def test_what_may_be_of_one_day_is_a_contradiction() -> None:
    first, second = dead("one", "12", 3)[0], dead("two", "19", 5)[0]
    monthly = Article(second.id, second.path, second.text, second.paragraphs, published=PartialDate(2031, 5))
    assert judged("count", (first, "12"), (monthly, "19")).relation == "contradiction"


def test_a_plan_that_was_moved_is_an_update() -> None:
    plan = source("one", "The museum is still expected to open on 10 June 2031.", 3)
    moved = source("two", "The opening of the museum has been postponed to 24 June 2031.", 20)
    assert judged("date", (plan, "10 June"), (moved, "24 June")).relation == "update"


def outcome(name: str, text: str, words: str, day: int) -> tuple[Article, str]:
    return source(name, text, day), words


ANNOUNCED = outcome("one", "The company will appeal against the fine.", "will appeal", 3)
APPEALED = outcome("two", "The company has appealed against the fine.", "has appealed", 9)


def test_what_was_announced_and_is_done_by_a_later_day_is_an_update() -> None:
    found = judged("outcome", APPEALED, ANNOUNCED)
    assert found.relation == "update"
    assert "“will appeal against”, then “has appealed against”" in found.reason
    assert sorted(sides(found)) == [["one"], ["two"]]


def test_what_is_announced_after_it_was_done_is_none() -> None:
    late = outcome("three", "The company will appeal against the fine.", "will appeal", 12)
    assert judged("outcome", APPEALED, late).relation == "agreement"


def test_a_state_that_a_later_day_adds_to_another_is_an_update() -> None:
    taken = outcome("one", "The driver was taken to hospital.", "was taken to hospital", 3)
    home = outcome("two", "The driver was discharged from hospital.", "was discharged", 9)
    assert judged("outcome", taken, home).relation == "update"
    assert judged("outcome", taken, outcome("two", home[0].text, "was discharged", 3)).relation == "agreement"


def test_what_stayed_open_to_change_may_have_changed_and_what_was_done_may_not() -> None:
    closed = outcome("one", "The harbour road is closed.", "is closed", 3)
    reopened = outcome("two", "The harbour road reopened on 8 May.", "reopened", 9)
    assert judged("outcome", closed, reopened).relation == "update"
    rejected = outcome("one", "The court rejected the request of the port on 1 May.", "rejected", 3)
    granted = outcome("two", "The court granted the request of the port on 1 May.", "granted", 9)
    assert judged("outcome", rejected, granted).relation == "contradiction"


def named(*told: tuple[Article, str]) -> Finding:
    """A fact of names has no links: names ask no question."""
    mentions = tuple(mention(article, "person", name) for article, name in told)
    return finding(Fact("person", "", mentions), {article.id: article for article, _ in told})


def spelt(name: str, person: str) -> tuple[Article, str]:
    return source(name, f"{person} runs the ferry company."), person


def test_one_name_in_two_spellings_is_a_variant() -> None:
    found = named(spelt("one", "Henrietta Maurel"), spelt("two", "Henrietta Morel"))
    assert found.relation == "variant"
    assert found.question == "name of a person"


def test_one_name_in_one_spelling_is_an_agreement() -> None:
    assert named(spelt("one", "Henrietta Maurel"), spelt("two", "Henrietta Maurel")).relation == "agreement"
