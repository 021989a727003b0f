"""May this record, testimonial or picture be shown in this edition on this day? Pure decisions, no files.

The gate of records.md. A closed gate is never silent for an approved or legacy record: `Decision.problems`
says what is missing. Whatever is not provably allowed is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator import workdays
from generator.model import Consent, Exemplar, Picture, Review, Scope, Settings, Status, Testimonial
from generator.problems import Place, Problem, Severity, error, hint, warning

SOON = timedelta(days=30)
PUBLISHED = frozenset({Status.APPROVED, Status.LEGACY})
WITHDRAWN = frozenset({Status.SUSPENDED, Status.REVOKED})


@dataclass(frozen=True, slots=True)
class Decision:
    """The gate's answer for one record, edition and day.

    `page` opens everything; `notice` only the card on the public-notice page. `problems` are for approved and
    legacy records (and for a notice that cannot be shown). `changes` is the next day on which the answer may
    differ without any edit, None if it never will. `closed` is what keeps a record from being published,
    also in a preview, `missing` its codes."""

    page: bool
    notice: bool = False
    problems: tuple[Problem, ...] = ()
    changes: date | None = None
    missing: tuple[str, ...] = ()
    closed: tuple[Problem, ...] = ()


def decide(
    exemplar: Exemplar, digest: str, settings: Settings, scope: Scope, day: date, *, preview: bool = False
) -> Decision:
    """Ask the gate about `exemplar`, whose reviewed content has `digest` today (see reviewed.py)."""
    changes = min((turn for turn in _turns(exemplar, settings) if turn > day), default=None)
    if exemplar.status in WITHDRAWN:
        return Decision(page=False)
    closed = tuple(_closed(exemplar, digest, settings, scope, day))
    missing = tuple(dict.fromkeys(problem.code for problem in closed))
    if preview:
        ended = exemplar.consent is not None and _has_ended(exemplar.consent, day)
        in_notice = exemplar.status is Status.NOTICE and exemplar.notice is not None
        return Decision(not ended, in_notice and not ended, (), changes, missing, closed)
    if exemplar.status is Status.NOTICE:
        # Nothing that is published is missing, so nothing fails; but a notice that stays away is worth a word.
        told = tuple(replace(p, severity=Severity.WARNING) if p.is_error else p for p in closed)
        return Decision(page=False, notice=not closed, problems=told, changes=changes)
    if exemplar.status not in PUBLISHED:
        return Decision(page=False)
    problems = (*(problem for problem in closed if problem.code != "window-ahead"), *_ending(exemplar, day))
    # Approved before its notice has run: the card stays where people may still speak up.
    begun = exemplar.notice is not None and exemplar.notice.start <= day
    in_notice = begun and "notice-running" in missing and {*missing} <= {"notice-running", "window-ahead"}
    return Decision(not closed, in_notice, problems, changes, missing, closed)


def may_quote(said: Testimonial, *, preview: bool = False) -> bool:
    """A testimonial needs its speaker's own consent; a preview also shows those not asked yet."""
    return said.consent is True or (preview and said.consent is None)


def may_show_picture(
    picture: Picture,
    people: Mapping[str, tuple[Exemplar, ...]],
    settings: Settings,
    scope: Scope,
    day: date,
    *,
    preview: bool = False,
) -> bool:
    """Whether everyone whom `picture` names allows it. `people` finds exemplars by slug and by name.

    Of two exemplars of one name both must allow it: the picture may show either. Somebody without a record of
    their own is covered by the picture's `consent: true` alone."""
    if picture.consent is False:
        return False
    for person in picture.people:
        known = people.get(person, ())
        if not known and picture.consent is not True and not preview:
            return False
        if not all(_agrees(exemplar, settings, scope, day, preview=preview) for exemplar in known):
            return False
    return True


def notice_ends(exemplar: Exemplar, settings: Settings) -> date | None:
    """The last working day of the public notice; None without one."""
    if exemplar.notice is None:
        return None
    return workdays.last_of(exemplar.notice.start, settings.notice_days, settings)


# --- what closes the gate --------------------------------------------------------------------------


def _closed(
    exemplar: Exemplar, digest: str, settings: Settings, scope: Scope, day: date
) -> Iterator[Problem]:
    yield from _reviews(exemplar, digest, settings, day)
    yield from _consent(exemplar, settings, scope, day)
    if exemplar.status is not Status.NOTICE:
        yield from _notice(exemplar, settings, day)
    elif exemplar.notice is None:
        yield error(exemplar.source.at("status"), "notice-missing", name=exemplar.name)
    elif exemplar.notice.start > day:
        yield warning(
            exemplar.source.at("notice"), "notice-ahead", name=exemplar.name, day=exemplar.notice.start
        )
    start, until = exemplar.publish.start, exemplar.publish.until
    if until is not None and day > until:
        yield warning(exemplar.source.at("publish.until"), "window-ended", name=exemplar.name, day=until)
    if start is not None and day < start and exemplar.status is not Status.NOTICE:
        yield warning(exemplar.source.at("publish.from"), "window-ahead", name=exemplar.name, day=start)


def _reviews(exemplar: Exemplar, digest: str, settings: Settings, day: date) -> Iterator[Problem]:
    """Every stage in order, each one's latest review over today's content, by people who may sign."""
    signers = dict(settings.signers)
    latest: dict[str, tuple[int, Review]] = {
        review.stage: (n, review) for n, review in enumerate(exemplar.reviews)
    }
    signed: dict[str, str] = {}
    before: tuple[int, date] = (-1, date.min)
    for stage in settings.stages:
        if stage not in latest:
            yield error(
                _at(exemplar, "reviews"),
                "review-missing",
                name=exemplar.name,
                stage=stage,
                slug=exemplar.slug,
            )
            continue
        number, review = latest[stage]
        spot = exemplar.source.at(f"reviews.{number}")
        said = {"name": exemplar.name, "stage": stage, "by": review.by, "slug": exemplar.slug}
        if review.digest != digest:
            yield error(spot, "review-outdated", **said)
        if number < before[0] or review.date < before[1]:
            yield error(spot, "review-order", **said)
        if review.date > day:
            yield error(spot, "review-ahead", day=review.date, **said)
        if signers.get(stage) and review.by not in signers[stage]:
            yield error(spot, "review-signer", allowed="、".join(signers[stage]), **said)
        if review.by in signed:
            yield error(spot, "review-twice", other=signed[review.by], **said)
        signed.setdefault(review.by, stage)
        before = (number, review.date)


def _consent(exemplar: Exemplar, settings: Settings, scope: Scope, day: date) -> Iterator[Problem]:
    if exemplar.minor and not exemplar.guardian_consent:
        yield error(exemplar.source.at("minor"), "guardian-missing", name=exemplar.name)
    consent = exemplar.consent
    if consent is None:
        if settings.consent_required:
            yield error(_at(exemplar, "consent"), "consent-missing", name=exemplar.name)
        return
    if _has_ended(consent, day):
        yield warning(
            exemplar.source.at("consent.until"), "consent-ended", name=exemplar.name, day=consent.until
        )
    if consent.date is not None and consent.date > day:
        yield warning(
            exemplar.source.at("consent.date"), "consent-ahead", name=exemplar.name, day=consent.date
        )
    if scope not in consent.scope:
        yield hint(exemplar.source.at("consent.scope"), "consent-scope", name=exemplar.name, scope=scope)


def _notice(exemplar: Exemplar, settings: Settings, day: date) -> Iterator[Problem]:
    if not settings.notice_required:
        return
    ends = notice_ends(exemplar, settings)
    if ends is None or exemplar.notice is None:
        yield error(exemplar.source.at("status"), "notice-missing", name=exemplar.name)
        return
    if ends >= day:
        yield warning(exemplar.source.at("notice"), "notice-running", name=exemplar.name, day=ends)


def _ending(exemplar: Exemplar, day: date) -> Iterator[Problem]:
    """What is open today and closes within 30 days."""
    for key, code, last in (
        ("consent.until", "consent-ends-soon", exemplar.consent.until if exemplar.consent else None),
        ("publish.until", "window-ends-soon", exemplar.publish.until),
    ):
        if last is not None and day <= last <= day + SOON:
            yield warning(exemplar.source.at(key), code, name=exemplar.name, day=last)


def _at(exemplar: Exemplar, key: str) -> Place:
    """Where `key` stands; where it is missing, the status that asks for it."""
    written = any(name == key for name, _, _ in exemplar.source.places)
    return exemplar.source.at(key if written else "status")


def _has_ended(consent: Consent, day: date) -> bool:
    return consent.until is not None and day > consent.until


def _agrees(exemplar: Exemplar, settings: Settings, scope: Scope, day: date, *, preview: bool) -> bool:
    """Whether somebody seen in another's picture allows that."""
    if exemplar.status in WITHDRAWN:
        return False
    if exemplar.minor and not exemplar.guardian_consent and not preview:
        return False
    consent = exemplar.consent
    if consent is None:
        return preview or not settings.consent_required
    if _has_ended(consent, day):
        return False
    return preview or (scope in consent.scope and (consent.date is None or consent.date <= day))


def _turns(exemplar: Exemplar, settings: Settings) -> Iterator[date]:
    """Days on which the gate may open or close by itself."""
    one = timedelta(days=1)
    if exemplar.publish.start is not None:
        yield exemplar.publish.start
    if exemplar.publish.until is not None:
        yield exemplar.publish.until + one
    if exemplar.consent is not None:
        if exemplar.consent.date is not None:
            yield exemplar.consent.date
        if exemplar.consent.until is not None:
            yield exemplar.consent.until + one
    if settings.notice_required and (ends := notice_ends(exemplar, settings)) is not None:
        yield ends + one
    if exemplar.notice is not None:
        yield exemplar.notice.start
    yield from (review.date for review in exemplar.reviews)
