"""The gate of records.md: an example of every rule, then the laws over any record, day and scope.

`may_open` and its neighbours below say the rules a second time, in their own way; the laws compare the two."""

from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import event, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from generator import model
from generator.lifecycle import PUBLISHED, WITHDRAWN, decide, may_quote, may_show_picture, notice_ends
from generator.model import (
    Consent,
    Exemplar,
    Kind,
    Notice,
    Picture,
    Review,
    Scope,
    Settings,
    Source,
    Status,
    Window,
)
from generator.problems import LANGUAGES, Place, Severity

ONE = timedelta(days=1)
DAY = date(2026, 10, 12)  # a Monday
DIGEST = "1:today"
STAGES = ("初审", "复审", "终审")
FILE = "exemplars/li-na/index.md"
PLACES = (
    ("status", 7, 9),
    ("reviews", 20, 1),
    ("reviews.0", 21, 5),
    ("reviews.1", 22, 5),
    ("reviews.2", 23, 5),
    ("consent", 24, 1),
    ("consent.until", 24, 40),
    ("consent.date", 24, 20),
    ("consent.scope", 24, 30),
    ("publish", 25, 1),
    ("publish.from", 25, 12),
    ("publish.until", 25, 30),
    ("notice", 26, 9),
    ("minor", 27, 8),
)
SITE = Settings("荣誉专区", "集团", Source("site.yaml"))
CHAIN = (
    Review("初审", "张三", date(2026, 9, 1), DIGEST),
    Review("复审", "李四", date(2026, 9, 2), DIGEST),
    Review("终审", "王敏", date(2026, 9, 3), DIGEST),
)
COMPLETE = Exemplar(
    slug="li-na",
    name="李娜",
    kind=Kind.INDIVIDUAL,
    unit=("公交集团",),
    categories=("服务群众",),
    status=Status.APPROVED,
    source=Source(FILE, PLACES),
    reviews=CHAIN,
    consent=Consent("本人同意", (Scope.WEB, Scope.PRINT), date=date(2026, 9, 1)),
)


def ask(exemplar, settings=SITE, scope=Scope.WEB, day=DAY, preview=False):
    return decide(exemplar, DIGEST, settings, scope, day, preview=preview)


def told(decision):
    """{code: (severity, line)} of what a decision says."""
    for problem in decision.problems:
        for language in LANGUAGES:
            assert problem.message(language)
            assert problem.hint(language)
        assert problem.where.file == FILE
    return {problem.code: (problem.severity, problem.where.line) for problem in decision.problems}


def signed(number, **changes):
    """The complete record with one review changed."""
    chain = list(CHAIN)
    chain[number] = replace(chain[number], **changes)
    return replace(COMPLETE, reviews=tuple(chain))


# --- the reviews -----------------------------------------------------------------------------------


def test_a_complete_record_is_shown_and_nothing_is_said():
    assert ask(COMPLETE).page
    assert not ask(COMPLETE).notice
    assert ask(COMPLETE).problems == ()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_missing_stage_is_an_error_that_names_it(number):
    reviews = tuple(review for n, review in enumerate(CHAIN) if n != number)
    answer = ask(replace(COMPLETE, reviews=reviews))
    assert not answer.page
    assert told(answer) == {"review-missing": (Severity.ERROR, 20)}
    assert STAGES[number] in answer.problems[0].message("zh-CN")


def test_no_reviews_at_all_miss_every_stage():
    answer = ask(replace(COMPLETE, reviews=()))
    assert [dict(problem.found)["stage"] for problem in answer.problems] == list(STAGES)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_review_of_another_text_is_an_error_at_that_review(number):
    answer = ask(signed(number, digest="1:yesterday"))
    assert not answer.page
    assert told(answer) == {"review-outdated": (Severity.ERROR, 21 + number)}


def test_a_review_of_another_version_of_the_digest_does_not_count():
    assert told(ask(signed(2, digest="2:today"))) == {"review-outdated": (Severity.ERROR, 23)}


def test_the_latest_review_of_a_stage_counts_not_an_earlier_one():
    old = tuple(replace(review, digest="1:yesterday", date=date(2026, 8, 1)) for review in CHAIN)
    assert ask(replace(COMPLETE, reviews=old + CHAIN)).page
    answer = ask(replace(COMPLETE, reviews=CHAIN + old))
    assert not answer.page
    assert set(told(answer)) == {"review-outdated"}


def test_an_earlier_stage_signed_again_waits_for_the_later_ones():
    again = replace(CHAIN[0], date=date(2026, 9, 10))
    answer = ask(replace(COMPLETE, reviews=(*CHAIN, again)))
    assert not answer.page
    assert told(answer) == {"review-order": (Severity.ERROR, 22)}


def test_stages_written_in_another_order_are_refused_even_on_one_day():
    chain = tuple(replace(review, date=date(2026, 9, 1)) for review in (CHAIN[1], CHAIN[0], CHAIN[2]))
    assert set(told(ask(replace(COMPLETE, reviews=chain)))) == {"review-order"}


def test_a_stage_dated_before_its_predecessor_is_refused():
    assert told(ask(signed(1, date=date(2026, 8, 31)))) == {"review-order": (Severity.ERROR, 22)}


def test_all_stages_on_one_day_in_order_are_fine():
    chain = tuple(replace(review, date=date(2026, 9, 1)) for review in CHAIN)
    assert ask(replace(COMPLETE, reviews=chain)).page


def test_a_review_from_the_future_does_not_count_before_its_day():
    record = signed(2, date=DAY + ONE)
    assert told(ask(record)) == {"review-ahead": (Severity.ERROR, 23)}
    assert ask(record).changes == DAY + ONE
    assert ask(record, day=DAY + ONE).page


def test_only_those_listed_may_sign_a_stage():
    settings = replace(SITE, signers=(("终审", ("赵书记", "钱主任")), ("初审", ("张三",))))
    answer = ask(COMPLETE, settings)
    assert not answer.page
    assert told(answer) == {"review-signer": (Severity.ERROR, 23)}
    assert "赵书记、钱主任" in answer.problems[0].hint("zh-CN")
    assert ask(signed(2, by="钱主任"), settings).page


def test_a_stage_without_a_list_may_be_signed_by_anybody():
    assert ask(COMPLETE, replace(SITE, signers=(("终审", ()),))).page


def test_one_person_may_not_sign_two_stages():
    answer = ask(signed(2, by="张三"))
    assert not answer.page
    assert told(answer) == {"review-twice": (Severity.ERROR, 23)}
    assert "初审" in answer.problems[0].message("zh-CN")


def test_who_signed_a_review_that_was_repeated_may_sign_another_stage():
    first = replace(CHAIN[0], by="王敏", digest="1:yesterday", date=date(2026, 8, 1))
    assert ask(replace(COMPLETE, reviews=(first, *CHAIN))).page


def test_reviews_of_stages_that_the_site_no_longer_asks_for_do_no_harm():
    extra = Review("党委审", "张三", date(2026, 8, 1), "1:yesterday")
    assert ask(replace(COMPLETE, reviews=(extra, *CHAIN))).page


def test_a_site_without_stages_asks_for_no_review():
    assert ask(replace(COMPLETE, reviews=()), replace(SITE, stages=())).page


# --- consent and minors ----------------------------------------------------------------------------


def test_no_consent_is_an_error_where_the_site_asks_for_it():
    record = replace(COMPLETE, consent=None)
    assert told(ask(record)) == {"consent-missing": (Severity.ERROR, 24)}
    assert not ask(record).page
    assert ask(record, replace(SITE, consent_required=False)).page


def test_consent_holds_through_its_last_day():
    record = replace(COMPLETE, consent=Consent("本人同意", (Scope.WEB,), until=DAY))
    assert ask(record).page
    answer = ask(record, day=DAY + ONE)
    assert not answer.page
    assert told(answer) == {"consent-ended": (Severity.WARNING, 24)}
    assert str(DAY) in answer.problems[0].message("zh-CN")


@pytest.mark.parametrize("required", [True, False])
def test_a_consent_that_ended_closes_even_where_none_is_required(required):
    record = replace(COMPLETE, consent=Consent("本人同意", (Scope.WEB,), until=DAY - ONE))
    assert not ask(record, replace(SITE, consent_required=required)).page


def test_consent_begins_on_its_day():
    record = replace(COMPLETE, consent=Consent("本人同意", (Scope.WEB,), date=DAY + ONE))
    assert told(ask(record)) == {"consent-ahead": (Severity.WARNING, 24)}
    assert not ask(record).page
    assert ask(record, day=DAY + ONE).page


def test_consent_opens_the_editions_it_names_and_no_others():
    assert [scope for scope in Scope if ask(COMPLETE, scope=scope).page] == [Scope.WEB, Scope.PRINT]
    assert told(ask(COMPLETE, scope=Scope.KIOSK)) == {"consent-scope": (Severity.HINT, 24)}


def test_a_minor_needs_the_guardian_besides_the_own_consent():
    minor = replace(COMPLETE, minor=True)
    assert told(ask(minor)) == {"guardian-missing": (Severity.ERROR, 27)}
    assert not ask(minor, replace(SITE, consent_required=False)).page
    assert ask(replace(minor, guardian_consent=True)).page
    assert not ask(replace(minor, guardian_consent=True, consent=None)).page


# --- the window ------------------------------------------------------------------------------------


def test_the_window_counts_both_its_days():
    record = replace(COMPLETE, publish=Window(DAY, DAY + 2 * ONE))
    assert [ask(record, day=DAY + n * ONE).page for n in range(-1, 4)] == [False, True, True, True, False]


def test_a_window_that_has_not_begun_is_silent_and_says_when_it_does():
    answer = ask(replace(COMPLETE, publish=Window(start=DAY + 3 * ONE)))
    assert not answer.page
    assert answer.problems == ()
    assert answer.changes == DAY + 3 * ONE


def test_a_window_that_has_ended_is_a_warning_with_the_day():
    answer = ask(replace(COMPLETE, publish=Window(until=DAY - ONE)))
    assert told(answer) == {"window-ended": (Severity.WARNING, 25)}
    assert str(DAY - ONE) in answer.problems[0].message("zh-CN")


def test_before_the_window_the_other_faults_are_said_all_the_same():
    answer = ask(replace(COMPLETE, reviews=CHAIN[:2], publish=Window(start=DAY + ONE)))
    assert set(told(answer)) == {"review-missing"}


@pytest.mark.parametrize(("days", "said"), [(0, True), (1, True), (30, True), (31, False)])
def test_what_ends_within_30_days_is_a_warning_while_it_is_open(days, said):
    last = DAY + days * ONE
    record = replace(
        COMPLETE, consent=replace(COMPLETE.consent, until=last), publish=Window(DAY - 9 * ONE, last)
    )
    answer = ask(record)
    assert answer.page
    warnings = {
        "consent-ends-soon": (Severity.WARNING, 24),
        "window-ends-soon": (Severity.WARNING, 25),
    }
    assert told(answer) == (warnings if said else {})
    for problem in answer.problems:
        assert str(last) in problem.message("zh-CN")


# --- the public notice -----------------------------------------------------------------------------

NOTICED = replace(SITE, notice_required=True, notice_days=5)


def test_an_approved_record_without_notice_is_an_error_where_one_is_required():
    assert told(ask(COMPLETE, NOTICED)) == {"notice-missing": (Severity.ERROR, 7)}
    assert not ask(COMPLETE, NOTICED).page


def test_a_notice_runs_so_many_working_days_and_the_page_opens_on_the_next():
    record = replace(COMPLETE, notice=Notice(date(2026, 9, 28)))
    assert notice_ends(record, NOTICED) == date(2026, 10, 9)  # 28, 29, 30 September, 8, 9 October
    answer = ask(record, NOTICED, day=date(2026, 10, 9))
    assert not answer.page
    assert told(answer) == {"notice-running": (Severity.WARNING, 26)}
    assert "2026-10-09" in answer.problems[0].message("zh-CN")
    assert answer.changes == date(2026, 10, 10)
    assert ask(record, NOTICED, day=date(2026, 10, 10)).page


def test_a_notice_that_is_to_come_has_not_run():
    record = replace(COMPLETE, notice=Notice(DAY + 30 * ONE))
    assert not ask(record, NOTICED).page
    assert set(told(ask(record, NOTICED))) == {"notice-running"}


def test_the_sites_calendar_lengthens_a_notice():
    record = replace(COMPLETE, notice=Notice(date(2026, 9, 28)))
    own = replace(NOTICED, holidays=(date(2026, 10, 8),))
    assert notice_ends(record, own) == date(2026, 10, 10)  # a Saturday that the State Council has worked


def test_where_no_notice_is_required_one_that_runs_holds_nobody_back():
    assert ask(replace(COMPLETE, notice=Notice(DAY))).page


def test_without_notice_there_is_no_last_day():
    assert notice_ends(COMPLETE, NOTICED) is None


def test_status_notice_shows_the_card_alone_from_the_first_day():
    record = replace(COMPLETE, status=Status.NOTICE, notice=Notice(DAY, "8120"))
    assert (ask(record).page, ask(record).notice, ask(record).problems) == (False, True, ())
    before = ask(record, day=DAY - ONE)
    assert (before.page, before.notice, before.changes) == (False, False, DAY)
    assert told(before) == {"notice-ahead": (Severity.WARNING, 26)}


def test_status_notice_without_a_notice_is_a_warning():
    answer = ask(replace(COMPLETE, status=Status.NOTICE))
    assert not answer.notice
    assert told(answer) == {"notice-missing": (Severity.WARNING, 7)}


@pytest.mark.parametrize(
    "fault",
    [
        {"reviews": CHAIN[:2]},
        {"consent": None},
        {"consent": Consent("本人同意", (Scope.PRINT,))},
        {"consent": Consent("本人同意", (Scope.WEB,), until=DAY - ONE)},
        {"minor": True},
        {"publish": Window(until=DAY - ONE)},
    ],
)
def test_status_notice_passes_the_same_gate(fault):
    record = replace(COMPLETE, status=Status.NOTICE, notice=Notice(DAY), **fault)
    answer = ask(record)
    assert (answer.page, answer.notice) == (False, False)
    assert answer.problems


def test_the_day_of_publication_does_not_hold_back_the_notice():
    record = replace(COMPLETE, status=Status.NOTICE, notice=Notice(DAY), publish=Window(start=DAY + 9 * ONE))
    assert ask(record).notice


# --- status ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", Status)
def test_what_each_status_shows_of_a_complete_record(status):
    answer = ask(replace(COMPLETE, status=status, notice=Notice(DAY)))
    assert answer.page is (status in (Status.APPROVED, Status.LEGACY))
    assert answer.notice is (status is Status.NOTICE)
    assert answer.problems == ()


@pytest.mark.parametrize(
    "status", [Status.LEAD, Status.CULTIVATING, Status.NOMINATED, Status.SUSPENDED, Status.REVOKED]
)
def test_other_statuses_are_silent_whatever_is_missing(status):
    answer = ask(replace(COMPLETE, status=status, reviews=(), consent=None, minor=True), NOTICED)
    assert (answer.page, answer.notice, answer.problems, answer.changes) == (False, False, (), None)


@pytest.mark.parametrize("status", Status)
def test_a_preview_shows_everybody_but_the_withdrawn(status):
    bare = replace(
        COMPLETE, status=status, reviews=(), consent=None, minor=True, publish=Window(until=DAY - ONE)
    )
    answer = ask(bare, NOTICED, preview=True)
    assert answer.page is (status not in (Status.SUSPENDED, Status.REVOKED))
    assert answer.problems == ()


def test_a_preview_names_what_is_missing_once_each():
    bare = replace(COMPLETE, reviews=(), consent=None, publish=Window(start=DAY + ONE))
    assert ask(bare, preview=True).missing == ("review-missing", "consent-missing", "window-ahead")
    assert ask(COMPLETE, preview=True).missing == ()


@pytest.mark.parametrize("status", Status)
def test_a_preview_never_shows_those_whose_consent_has_ended(status):
    ended = Consent("本人同意", tuple(Scope), until=DAY - ONE)
    answer = ask(replace(COMPLETE, status=status, consent=ended, notice=Notice(DAY)), preview=True)
    assert (answer.page, answer.notice) == (False, False)


# --- testimonials and pictures ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("consent", "public", "preview"), [(True, True, True), (None, False, True), (False, False, False)]
)
def test_a_testimonial_needs_its_speakers_own_consent(consent, public, preview):
    said = model.Testimonial("他的本子比谁的都旧。", "王敏", consent=consent)
    assert may_quote(said) is public
    assert may_quote(said, preview=True) is preview


def shows(picture, *known, settings=SITE, scope=Scope.WEB, day=DAY, preview=False):
    people = {}
    for exemplar in known:
        for key in (exemplar.slug, exemplar.name):
            people[key] = (*people.get(key, ()), exemplar)
    return may_show_picture(picture, people, settings, scope, day, preview=preview)


def picture(*people, consent=None):
    return Picture("night.jpg", "抢修现场", people=people, consent=consent)


def test_a_picture_of_nobody_may_be_shown_unless_it_is_refused():
    assert shows(picture())
    assert not shows(picture(consent=False))
    assert not shows(picture(consent=False), preview=True)


@pytest.mark.parametrize("called", ["li-na", "李娜"])
@pytest.mark.parametrize("consent", [None, True])
def test_a_picture_of_somebody_with_a_record_asks_the_record(called, consent):
    shown = picture(called, consent=consent)
    assert shows(shown, COMPLETE)
    assert not shows(shown, COMPLETE, scope=Scope.KIOSK)
    for status in WITHDRAWN:
        assert not shows(shown, replace(COMPLETE, status=status))
        assert not shows(shown, replace(COMPLETE, status=status), preview=True)
    ended = replace(COMPLETE, consent=Consent("本人同意", (Scope.WEB,), until=DAY - ONE))
    assert not shows(shown, ended)
    assert not shows(shown, ended, preview=True)
    assert shows(shown, ended, day=DAY - ONE)
    ahead = replace(COMPLETE, consent=Consent("本人同意", (Scope.WEB,), date=DAY + ONE))
    assert not shows(shown, ahead)
    silent = replace(COMPLETE, consent=None)
    assert not shows(shown, silent)
    assert shows(shown, silent, settings=replace(SITE, consent_required=False))
    assert shows(shown, silent, preview=True)


def test_a_minor_in_somebody_elses_picture_needs_the_guardian_too():
    minor = replace(COMPLETE, minor=True)
    assert not shows(picture("li-na", consent=True), minor)
    assert shows(picture("li-na"), replace(minor, guardian_consent=True))


def test_somebody_not_published_yet_may_stand_in_a_picture_if_they_consent():
    assert shows(picture("li-na"), replace(COMPLETE, status=Status.CULTIVATING, reviews=()))


def test_somebody_without_a_record_is_covered_by_the_pictures_own_consent():
    assert not shows(picture("王工"))
    assert shows(picture("王工", consent=True))
    assert shows(picture("王工"), preview=True)


def test_everybody_in_a_picture_must_agree():
    other = replace(COMPLETE, slug="shan-yuqing", name="单宇清", status=Status.REVOKED)
    assert shows(picture("li-na", "王工", consent=True), COMPLETE)
    assert not shows(picture("li-na", "单宇清", consent=True), COMPLETE, other)
    assert not shows(picture("li-na", "王工"), COMPLETE)


def test_of_two_people_of_one_name_both_must_agree():
    namesake = replace(COMPLETE, slug="li-na-2", status=Status.SUSPENDED)
    assert not shows(picture("李娜"), COMPLETE, namesake)
    assert shows(picture("li-na"), COMPLETE, namesake)
    assert shows(picture("李娜"), COMPLETE, replace(namesake, status=Status.APPROVED))


# --- the rules said again --------------------------------------------------------------------------


def fully_reviewed(exemplar, settings, day):
    """Its reviews hold every stage in order, each stage's latest over today's content, by different people."""
    where = []
    for stage in settings.stages:
        numbers = [n for n, review in enumerate(exemplar.reviews) if review.stage == stage]
        if not numbers:
            return False
        where.append(numbers[-1])
    chain = [exemplar.reviews[n] for n in where]
    allowed = dict(settings.signers)
    return (
        where == sorted(where)
        and [review.date for review in chain] == sorted(review.date for review in chain)
        and all(review.date <= day for review in chain)
        and {review.digest for review in chain} <= {DIGEST}
        and all(review.by in (allowed.get(review.stage) or [review.by]) for review in chain)
        and len({review.by for review in chain}) == len(chain)
    )


def consents(exemplar, settings, scope, day):
    if exemplar.minor and not exemplar.guardian_consent:
        return False
    consent = exemplar.consent
    if consent is None:
        return not settings.consent_required
    return scope in consent.scope and (consent.date or day) <= day <= (consent.until or day)


def worked(day, settings):
    official = chinese_calendar.is_workday(day) if day.year <= 2026 else day.weekday() < 5
    return day in settings.workdays or (official and day not in settings.holidays)


def notice_has_run(exemplar, settings, day):
    if not settings.notice_required:
        return True
    if exemplar.notice is None:
        return False
    over = [exemplar.notice.start + n * ONE for n in range((day - exemplar.notice.start).days)]
    return sum(worked(one, settings) for one in over) >= settings.notice_days


def may_open(exemplar, settings, scope, day):
    """Whether the record has a page in an edition of `scope` on `day`."""
    window = exemplar.publish
    return (
        exemplar.status in (Status.APPROVED, Status.LEGACY)
        and fully_reviewed(exemplar, settings, day)
        and consents(exemplar, settings, scope, day)
        and notice_has_run(exemplar, settings, day)
        and (window.start or day) <= day <= (window.until or day)
    )


def may_be_noticed(exemplar, settings, scope, day):
    """Whether its card stands on the page of public notices."""
    published = exemplar.status in (Status.APPROVED, Status.LEGACY)
    waiting = published and not notice_has_run(exemplar, settings, day)
    return (
        (exemplar.status is Status.NOTICE or waiting)
        and exemplar.notice is not None
        and exemplar.notice.start <= day <= (exemplar.publish.until or day)
        and fully_reviewed(exemplar, settings, day)
        and consents(exemplar, settings, scope, day)
    )


def consent_has_ended(exemplar, day):
    return (
        exemplar.consent is not None and exemplar.consent.until is not None and exemplar.consent.until < day
    )


# --- any record, settings, day and scope -----------------------------------------------------------

OPEN_SITE = replace(SITE, notice_required=True, signers=(("终审", ("王敏", "赵书记")),))
OPEN = replace(
    COMPLETE,
    consent=Consent("本人同意", tuple(Scope), until=DAY + 40 * ONE, date=date(2026, 9, 1)),
    publish=Window(DAY - 20 * ONE, DAY + 30 * ONE),
    notice=Notice(date(2026, 9, 14)),
)
PEOPLE = ("张三", "李四", "王敏", "赵书记")


def near(n):
    """A day at most 25 days from DAY, for n in 0..50."""
    return DAY + (n - 25) * ONE


def of(field, make):
    """What sets a field of the record to a value made of the record and a number."""
    return lambda record, settings, n: (replace(record, **{field: make(record, n)}), settings)


def of_site(field, make):
    return lambda record, settings, n: (record, replace(settings, **{field: make(settings, n)}))


def of_consent(field, make):
    return of("consent", lambda record, n: record.consent and replace(record.consent, **{field: make(n)}))


def of_window(field, make):
    return of("publish", lambda record, n: replace(record.publish, **{field: make(n)}))


def one_review(field, make):
    """What changes a field of one of the reviews."""

    def change(record, n):
        chain = list(record.reviews)
        if chain:
            chain[n % len(chain)] = replace(chain[n % len(chain)], **{field: make(n)})
        return tuple(chain)

    return of("reviews", change)


def new_review(record, n):
    review = Review((*STAGES, "党委审")[n % 4], PEOPLE[n // 4 % 4], near(n), DIGEST)
    at = len(record.reviews) if n % 3 else n % (len(record.reviews) + 1)
    return (*record.reviews[:at], review, *record.reviews[at:])


# What may be done to an open record and its site, with a number from 0 to 50.
CHANGES = (
    of("status", lambda record, n: tuple(Status)[n % len(Status)]),
    of("status", lambda record, n: Status.LEGACY),
    of("status", lambda record, n: Status.NOTICE),
    of("reviews", new_review),
    of("reviews", lambda record, n: record.reviews[: n % 4] + record.reviews[n % 4 + 1 :]),
    of("reviews", lambda record, n: record.reviews[n % 4 :] + record.reviews[: n % 4]),
    one_review("by", lambda n: PEOPLE[n % 4]),
    one_review("date", near),
    one_review("digest", lambda n: ("1:yesterday", "2:today", "", DIGEST)[n % 4]),
    of("consent", lambda record, n: None),
    of_consent("until", lambda n: near(n) if n else None),
    of_consent("date", lambda n: near(n) if n else None),
    of_consent("scope", lambda n: tuple(scope for bit, scope in enumerate(Scope) if n >> bit & 1)),
    of_window("start", lambda n: near(n) if n else None),
    of_window("until", lambda n: near(n) if n else None),
    of("notice", lambda record, n: Notice(near(n)) if n else None),
    of("minor", lambda record, n: bool(n % 3)),
    of("guardian_consent", lambda record, n: bool(n % 3)),
    of_site("stages", lambda site, n: ((), ("终审",), STAGES[::-1], (*STAGES, "党委审"))[n % 4]),
    of_site("signers", lambda site, n: (*site.signers, (STAGES[n % 3], PEOPLE[: n // 3 % 4]))),
    of_site("consent_required", lambda site, n: bool(n % 2)),
    of_site("notice_required", lambda site, n: bool(n % 2)),
    of_site("notice_days", lambda site, n: n % 9 + 1),
    of_site("holidays", lambda site, n: (*site.holidays, near(n))),
    of_site("workdays", lambda site, n: (*site.workdays, near(n))),
)
changes = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 50)), max_size=5)


def changed(record, settings, steps):
    for change, n in steps:
        record, settings = change(record, settings, n)
    return record, replace(settings, signers=tuple(dict(settings.signers).items()))


# (record, settings, scope, day)
cases = st.builds(
    lambda steps, scope, n: (*changed(OPEN, OPEN_SITE, steps), scope, near(n)),
    changes,
    st.sampled_from(Scope),
    st.integers(0, 50),
)


@given(cases)
@trials(max_examples=2000, deadline=None)
def test_a_page_opens_if_and_only_if_every_condition_holds(case):
    answer = ask(*case)
    event(f"open: {answer.page or answer.notice}")
    assert answer.page is may_open(*case)
    assert answer.notice is may_be_noticed(*case)


def test_the_laws_begin_with_an_open_gate():
    """Otherwise they would be about closed ones only."""
    assert may_open(OPEN, OPEN_SITE, Scope.WEB, DAY)
    assert ask(OPEN, OPEN_SITE).page
    noticed = replace(OPEN, status=Status.NOTICE)
    assert may_be_noticed(noticed, OPEN_SITE, Scope.WEB, DAY)
    assert ask(noticed, OPEN_SITE).notice


@given(cases.filter(lambda case: case[0].status in PUBLISHED))
@trials(max_examples=1000, deadline=None)
def test_a_closed_gate_is_never_silent_but_for_a_window_that_has_not_begun(case):
    record, settings, scope, day = case
    answer = ask(*case)
    soon = {"consent-ends-soon", "window-ends-soon"}
    reasons = [problem for problem in answer.problems if problem.code not in soon]
    begun = replace(record, publish=replace(record.publish, start=None))
    assert bool(reasons) is not may_open(begun, settings, scope, day)
    for problem in reasons:
        if problem.code in ("review-missing", "review-outdated"):
            assert problem.severity is Severity.ERROR
        if problem.code in ("consent-ended", "window-ended"):
            assert problem.severity is Severity.WARNING
            assert str(day - ONE) >= dict(problem.found)["day"]
    for problem in answer.problems:
        assert problem.where != Place("")
        assert problem.message("zh-CN")
        assert problem.hint("zh-CN")


@given(cases)
@trials(max_examples=600, deadline=None)
def test_a_preview_shows_all_but_the_withdrawn_and_the_ended(case):
    record, _, _, day = case
    answer = ask(*case, preview=True)
    gone = record.status in (Status.SUSPENDED, Status.REVOKED) or consent_has_ended(record, day)
    assert answer.page is not gone
    assert answer.notice is (not gone and record.status is Status.NOTICE and record.notice is not None)
    if ask(*case).page:
        assert answer.missing == ()


@given(cases, st.booleans(), st.lists(st.integers(1, 120), max_size=12))
@trials(max_examples=2000, deadline=None)
def test_nothing_changes_by_itself_before_the_day_it_says(case, preview, later):
    record, settings, scope, day = case
    answer = ask(*case, preview=preview)
    assert answer.changes is None or answer.changes > day
    for n in sorted({1, 400, *later}):
        then = day + n * ONE
        if answer.changes is None or then < answer.changes:
            again = ask(record, settings, scope, then, preview=preview)
            assert (again.page, again.notice, again.missing) == (answer.page, answer.notice, answer.missing)
            assert again.changes == answer.changes


def picture_agrees(exemplar, settings, scope, day, *, preview):
    if exemplar.status in (Status.SUSPENDED, Status.REVOKED) or consent_has_ended(exemplar, day):
        return False
    return preview or consents(exemplar, settings, scope, day)


@given(
    cases,
    cases,
    st.lists(st.sampled_from(["li-na", "李娜", "shan-yuqing", "单宇清", "王工"]), max_size=3, unique=True),
    st.sampled_from([None, True, False]),
    st.booleans(),
    st.booleans(),
)
@trials(max_examples=1000, deadline=None)
def test_a_picture_is_shown_if_and_only_if_everybody_in_it_agrees(
    first, second, names, consent, namesakes, preview
):
    record, settings, scope, day = first
    other = replace(second[0], slug="shan-yuqing", name="李娜" if namesakes else "单宇清")
    known = (record, other)
    everybody = [[one for one in known if name in (one.slug, one.name)] for name in names]
    expected = consent is not False and all(
        all(picture_agrees(one, settings, scope, day, preview=preview) for one in found)
        if found
        else consent is True or preview
        for found in everybody
    )
    shown = picture(*names, consent=consent)
    assert shows(shown, *known, settings=settings, scope=scope, day=day, preview=preview) is expected
