"""An explanation in words: for the case worker's page, and shorter for the resident's letter (SET-15).

The letter says nothing of other people, of health, or of how others were weighed: what was taken into account, and what
nobody may choose (GUIDE Vedlegg 5).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from fotfeste.allocation.domain.explanation import (
    Alternative,
    Barred,
    Explanation,
    Gap,
    telling,
    told_to_resident,
)
from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.score import Part, Score, in_tenths
from fotfeste.allocation.sentences_reasons import NOTHING_OF, reason_sentence
from fotfeste.allocation.words import PARTS, QUESTIONS, RESOURCES, bare_points, listed, points
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Decision, Reason
from fotfeste.letters.public import Language, LetterKind, coded_words
from fotfeste.platform import words
from fotfeste.platform.words import language
from fotfeste.settlement.public import DECLINED, capability_name, declined_sentence

TENTHS = 10
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


def for_case_worker(
    found: Explanation, names: Mapping[str, str], week: Week, shared: Collection[str] = ()
) -> tuple[Section, ...]:
    """Why this place, in the case worker's terms. `names`: of municipalities, by number; `week`: the plan's; `shared`:
    those that the plan sends others to whom the case worker sees, which is told without how many (ADR 0036).
    """
    sections = (
        Section(_title(found, names), tuple(_lead(found, names, shared))),
        Section(gettext("Nest best"), tuple(_others(found.alternatives, names, shared))),
        Section(gettext("Andre kommuner som er nevnt i saken"), tuple(_others(found.mentioned, names, shared))),
        Section(gettext("Ikke mulig"), tuple(_barred(each, names, week) for each in found.barred)),
    )
    return tuple(section for section in sections if section.lines)


def for_resident(found: Explanation) -> tuple[str, ...]:
    """Why this municipality, as the letter of the offer will say it; nothing for those who are not placed."""
    words = "why_many" if found.group.size > 1 else "why_one"
    return coded_words(LetterKind.OFFER, Language(language()), words, told_to_resident(found))


def _title(found: Explanation, names: Mapping[str, str]) -> str:
    if found.place is None or found.score is None:
        return gettext("Står igjen til en senere uke")
    return gettext("{place}: {points} per person").format(
        place=names.get(found.place, found.place), points=points(in_tenths([found.score.total])[0])
    )


def _lead(found: Explanation, names: Mapping[str, str], shared: Collection[str]) -> Iterator[str]:
    yield reason_sentence(found.outcome, names)
    if found.pin:
        yield reason_sentence(found.pin, names)
    if found.scarce:
        yield reason_sentence(found.scarce, names)
    yield from (reason_sentence(reason, names) for reason in found.met)
    if found.score:
        yield from _parts(found.score, names, is_shared=found.place in shared)
    urgency = found.later.part(PartKind.URGENCY).reasons
    yield from (reason_sentence(reason, names) for reason in urgency)
    if found.declined:
        yield gettext("Ikke svart på: {questions}. Behov som gjelder dette, er ikke tatt hensyn til.").format(
            questions=listed([str(QUESTIONS[question]) for question in found.declined])
        )


def _parts(score: Score, names: Mapping[str, str], *, is_shared: bool) -> Iterator[str]:
    tenths = dict(zip((part.kind for part in score.parts), in_tenths([p.amount for p in score.parts]), strict=True))
    for part in telling(score):
        yield _part(part, tenths[part.kind], _said(part, names, is_shared=is_shared))


def _said(part: Part | Gap, names: Mapping[str, str], *, is_shared: bool) -> str:
    """What a part says, and that others of the plan come, who count for spread."""
    said = [reason_sentence(reason, names) for reason in part.reasons]
    if is_shared and "share_of_request" in [reason.code for reason in part.reasons]:
        said.append(gettext("Andre i denne planen skal også dit."))
    return " ".join(said)


def _part(part: Part, tenths: int, said: str) -> str:
    if part.amount < 0:
        return gettext("{part}: {points} trukket fra. {said}").format(
            part=PARTS[part.kind], points=points(-tenths), said=said
        )
    return gettext("{part}: {points} av {most}. {said}").format(
        part=PARTS[part.kind], points=bare_points(tenths), most=points(part.weight * TENTHS), said=said
    )


@dataclass(frozen=True, slots=True)
class MunicipalityPoints:
    """A municipality for one household in words: its points, its parts, and why it is not possible where it is not."""

    number: str
    name: str
    points: str
    parts: tuple[str, ...]
    against: tuple[str, ...]


def points_in_words(number: str, decision: Decision, score: Score, names: Mapping[str, str]) -> MunicipalityPoints:
    """What a municipality comes to for a household, before any plan."""
    return MunicipalityPoints(
        number=number,
        name=names.get(number, number),
        points=gettext("{points} per person").format(points=points(in_tenths([score.total])[0])),
        parts=tuple(_parts(score, names, is_shared=False)),
        against=tuple(_before_a_plan(reason, names) for reason in decision.reasons) if decision.is_no else (),
    )


def _before_a_plan(reason: Reason, names: Mapping[str, str]) -> str:
    if reason.code == "closed_this_time":
        return gettext("Kommunen er stengt for forslag denne uken.")
    return reason_sentence(reason, names)


def _others(found: Sequence[Alternative], names: Mapping[str, str], shared: Collection[str]) -> Iterator[str]:
    for each in found:
        yield " ".join(_alternative(each, names, is_shared=each.number in shared))


def _alternative(each: Alternative, names: Mapping[str, str], *, is_shared: bool) -> Iterator[str]:
    yield gettext("{place}, {points}.").format(
        place=names.get(each.number, each.number), points=points(in_tenths([each.score.total])[0])
    )
    if each.outcome:
        yield reason_sentence(each.outcome, names)
    for gap in (*each.lacks, *each.gains):
        yield _gap(gap, _said(gap, names, is_shared=is_shared) or str(NOTHING_OF.get(gap.kind, "")))


def _gap(gap: Gap, said: str) -> str:
    text = gettext("{part}: {points} mindre.") if gap.missing > 0 else gettext("{part}: {points} mer.")
    less = text.format(part=PARTS[gap.kind], points=points(in_tenths([abs(gap.missing)])[0]))
    return f"{less} {said}".strip()


def _barred(barred: Barred, names: Mapping[str, str], week: Week) -> str:
    shown = [names.get(number, number) for number in barred.named[:MOST_NAMED]]
    if barred.reason.code in DECLINED:
        return _declined(barred, shown, week)
    named = listed(shown)
    said = _why_barred(barred.reason, barred.count)
    if not barred.named:
        return said
    if barred.count == len(barred.named) <= MOST_NAMED:
        return gettext("{said} Det er {named}.").format(said=said, named=named)
    return gettext("{said} Blant dem {named}.").format(said=said, named=named)


def _declined(barred: Barred, shown: Sequence[str], week: Week) -> str:
    """The same no of one municipality or more. One that is for a week holds in the plan's, and perhaps in no later."""
    if others := barred.count - len(shown):
        shown = [*shown, ngettext("{count} kommune til", "{count} kommuner til", others).format(count=others)]
    said = declined_sentence(barred.reason, listed(shown))
    if barred.reason.code != "declined_this_week":
        return said
    return gettext("{said} Planen gjelder {week}.").format(said=said, week=words.week(week))


def _why_barred(reason: Reason, count: int) -> str:
    counts = ngettext("{count} kommune", "{count} kommuner", count).format(count=count)
    texts = {
        "capability_not_offered": gettext("{counts} har ikke {what}."),
        "capability_not_said": gettext("{counts} har ikke meldt om de har {what}."),
        "no_room": gettext("{counts} har for få {what}."),
        "kept_for_centre": gettext("{counts} holder av de siste plassene for integreringsmottak."),
        "week_is_full": gettext("{counts} kan ikke ta imot så mange til i denne uken."),
        "council_not_decided": gettext("{counts} har ikke noe kjent vedtak i kommunestyret."),
        "minors_not_decided": gettext("{counts} har ikke noe kjent vedtak om enslige mindreårige."),
        "closed_this_time": gettext("{counts} er holdt utenfor denne planen."),
        "forbidden_by_hand": gettext("{counts} er utelukket av en saksbehandler for denne husstanden."),
        "declined_before": gettext("{counts} har allerede svart nei for denne husstanden."),
    }
    return texts[reason.code].format(counts=counts, what=_what(reason))


def _what(reason: Reason) -> str:
    if "capability" in reason.fields:
        return capability_name(str(reason.fields["capability"]))
    return str(RESOURCES[str(reason.fields["resource"])]) if "resource" in reason.fields else ""
