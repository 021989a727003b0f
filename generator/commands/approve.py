"""`honour approve`: one person's review of one stage, over exactly what stands in the record today."""

from __future__ import annotations

from datetime import date

from generator import building
from generator.commands.desk import Desk, folders_like
from generator.loading import read_entry
from generator.model import Exemplar, Review, Settings
from generator.problems import GeneratorError, Place, Problem, error
from generator.sources.settings import read_settings
from generator.sources.signing import UnwritableError, add_review


def approve(desk: Desk, slug: str, stage: str, by: str, day: date | None) -> int:
    """Write the review into exemplars/<slug>/index.md; refuse what the gate would refuse."""
    settings, problems = read_settings(desk.site)
    if settings is None:
        raise GeneratorError(problems)
    desk.speak(settings)
    review, left = sign(desk, settings, slug, stage, by, day or building.today(settings))
    desk.say("approved", slug=slug, stage=stage, by=by, digest=review.digest)
    if left:
        desk.say("approve-next", stage=left[0])
    return 0


def sign(
    desk: Desk, settings: Settings, slug: str, stage: str, by: str, day: date
) -> tuple[Review, tuple[str, ...]]:
    """The review as written, and the stages still to come. Raises GeneratorError."""
    file = desk.site / "exemplars" / slug / "index.md"
    where = Place(f"exemplars/{slug}/index.md")
    if not file.is_file():
        raise GeneratorError([error(where, "record-absent", slug=slug, known=folders_like(desk, slug))])
    entry, problems = read_entry(desk.site, slug)
    if entry is None:
        raise GeneratorError(problems)
    review = Review(stage, by, day, entry.digest)
    if refused := _refused(entry.exemplar, review, settings):
        raise GeneratorError(refused)
    old = file.read_bytes()
    try:
        new = add_review(old, review)
    except UnwritableError as cause:
        raise GeneratorError([error(where, "approve-unwritable", reason=cause)]) from None
    partial = file.with_name(".index.md.honour-tmp")
    partial.write_bytes(new)
    partial.replace(file)
    again, problems = read_entry(desk.site, slug)
    if (
        again is None
        or again.exemplar.reviews != (*entry.exemplar.reviews, review)
        or again.digest != entry.digest
    ):
        file.write_bytes(old)
        raise GeneratorError([error(where, "approve-unwritable", reason="reviews"), *problems])
    return review, settings.stages[settings.stages.index(stage) + 1 :]


def _refused(exemplar: Exemplar, review: Review, settings: Settings) -> list[Problem]:
    where = exemplar.source.at("reviews")
    said = {"name": exemplar.name, "slug": exemplar.slug, "stage": review.stage, "by": review.by}
    if review.stage not in settings.stages:
        return [error(where, "stage-unknown", known="、".join(settings.stages), **said)]
    signers = dict(settings.signers).get(review.stage, ())
    if signers and review.by not in signers:
        return [error(where, "review-signer", allowed="、".join(signers), **said)]
    if review.date > building.today(settings):
        return [error(where, "review-ahead", day=review.date, **said)]
    problems = []
    holding = {held.stage: held for held in exemplar.reviews}
    same = holding.get(review.stage)
    if same is not None and (same.by, same.digest) == (review.by, review.digest):
        return [error(where, "approve-again", day=same.date, **said)]
    for stage in settings.stages[: settings.stages.index(review.stage)]:
        held = holding.get(stage)
        if held is None or held.digest != review.digest:
            problems.append(error(where, "approve-too-early", earlier=stage, **said))
        elif held.by == review.by:
            problems.append(error(where, "review-twice", other=stage, **said))
        elif held.date > review.date:
            problems.append(error(where, "review-order", **said))
    return problems
