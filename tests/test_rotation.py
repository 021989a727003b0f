"""The laws of who stands on the home page: nobody twice before everybody once, newcomers at once."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.rotation import Stay, rotation

START = date(2026, 1, 1)


def day(n):
    return START + timedelta(days=n)


slugs = st.lists(st.integers(0, 99).map("p{}".format), unique=True, min_size=1, max_size=9)


@st.composite
def open_stays(draw, latest=30):
    """People who came between day 0 and `latest` and stay for good."""
    return [Stay(slug, day(draw(st.integers(0, latest)))) for slug in draw(slugs)]


@st.composite
def any_stays(draw):
    stays = []
    for slug in draw(slugs):
        first = draw(st.integers(0, 40))
        last = draw(st.none() | st.integers(first - 3, first + 40))
        stays.append(Stay(slug, day(first), None if last is None else day(last)))
    return stays


def present(stays, today):
    return {stay.slug for stay in stays if stay.first <= today and (stay.last is None or today <= stay.last)}


def test_nobody_is_an_empty_page():
    assert rotation([], START) == ()


def test_one_person_stands_there_every_day():
    assert rotation([Stay("li-na", START)], day(5), 4) == ("li-na",) * 4


def test_whom_the_year_alone_dates_costs_no_time():
    stays = [Stay("zhao-defu", date(1, 1, 1)), Stay("li-na", date(1, 1, 1))]
    assert set(rotation(stays, day(0), 2)) == {"zhao-defu", "li-na"}


def test_a_gap_without_anybody_ends_the_list_so_that_the_days_stay_right():
    stays = [Stay("li-na", START, day(2)), Stay("shan-yuqing", day(5))]
    assert rotation(stays, START) == ("li-na",) * 3
    assert rotation(stays, day(4)) == ()
    assert rotation(stays, day(5), 2) == ("shan-yuqing",) * 2


def test_those_who_arrive_together_are_dealt_by_lot_not_by_alphabet():
    people = [f"p{n:02}" for n in range(12)]
    order = rotation([Stay(slug, START) for slug in people], START, 12)
    assert sorted(order) == people
    assert order != tuple(people)


def test_a_stay_that_ends_before_it_begins_is_none():
    for gap in (1, 2, 9):
        assert rotation([Stay("li-na", day(9), day(9 - gap))], day(9)) == ()


@given(open_stays(), st.integers(0, 60), st.integers(1, 60))
@settings(deadline=None)
def test_between_two_showings_of_one_everybody_else_is_shown_exactly_once(stays, later, days):
    order = rotation(stays, day(30 + later), days)
    everybody = {stay.slug for stay in stays}
    seen = {}
    for n, slug in enumerate(order):
        if slug in seen:
            between = order[seen[slug] + 1 : n]
            assert sorted(between) == sorted(everybody - {slug})
        seen[slug] = n
    assert set(order[: len(everybody)]) == everybody or days < len(everybody)


@given(open_stays(), st.integers(0, 60), st.integers(1, 60))
@settings(deadline=None)
def test_in_any_span_of_a_fixed_set_nobody_is_shown_two_times_more_than_another(stays, later, days):
    shown = Counter({stay.slug: 0 for stay in stays})
    shown.update(rotation(stays, day(30 + later), days))
    assert max(shown.values()) - min(shown.values()) <= 1


@given(open_stays(), st.integers(0, 60))
@settings(deadline=None)
def test_a_newcomer_is_shown_on_the_first_day(stays, later):
    arrival = day(31 + later)
    assert rotation([*stays, Stay("newcomer", arrival)], arrival)[0] == "newcomer"


@given(open_stays(), st.integers(0, 60), st.lists(st.integers(0, 9), min_size=1, max_size=6))
@settings(deadline=None)
def test_k_newcomers_displace_the_others_by_at_most_k_days(stays, later, arrivals):
    """Whenever in the running round they come: everybody's next turn is at most k days later, never earlier."""
    now = 31 + later
    newcomers = [Stay(f"new{n}", day(now + days)) for n, days in enumerate(arrivals)]
    before = rotation(stays, day(now), 40)
    after = rotation([*stays, *newcomers], day(now), 40)
    for stay in stays:
        assert 0 <= after.index(stay.slug) - before.index(stay.slug) <= len(newcomers)


@given(open_stays(), st.integers(0, 30), st.lists(st.integers(1, 9), max_size=3))
@settings(deadline=None)
def test_newcomers_change_nothing_before_they_come(stays, start, arrivals):
    newcomers = [Stay(f"new{n}", day(start + days)) for n, days in enumerate(arrivals)]
    until = min(arrivals, default=9)
    assert rotation([*stays, *newcomers], day(start), until) == rotation(stays, day(start), until)


@given(any_stays(), st.integers(-5, 90), st.integers(1, 40))
@settings(deadline=None)
def test_nobody_is_shown_outside_their_days_and_no_day_is_left_out(stays, start, days):
    order = rotation(stays, day(start), days)
    for n, slug in enumerate(order):
        assert slug in present(stays, day(start + n))
    if len(order) < days:
        assert present(stays, day(start + len(order))) == set()


@given(any_stays(), st.integers(-5, 90), st.integers(2, 30), st.randoms())
@settings(deadline=None)
def test_it_is_a_pure_function_of_who_and_when(stays, start, days, random):
    order = rotation(stays, day(start), days)
    shuffled = list(stays)
    random.shuffle(shuffled)
    assert rotation(shuffled, day(start), days) == order
    if len(order) == days:
        assert rotation(stays, day(start + 1), days)[: days - 1] == order[1:]


@given(any_stays(), st.integers(0, 300), st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_skipping_whole_rounds_of_the_past_is_the_same_as_replaying_every_day(stays, start, days):
    """Asked for the whole time at once, nothing is past and every day is played."""
    if any(not present(stays, day(n)) for n in range(start + days)):
        stays = [*stays, Stay("always", START)]
    assert rotation(stays, day(start), days) == rotation(stays, START, start + days)[start:]
