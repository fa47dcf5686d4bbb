"""The journey as lines of words and as a picture, for panels and pages (TRV-01..03)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.kernel.calendar import OSLO
from fotfeste.kernel.periods import ONE_DAY
from fotfeste.platform.words import clock, instant, kroner, short_day
from fotfeste.platform.words import day as in_words
from fotfeste.settlement.domain.own_car import refund_ore
from fotfeste.settlement.domain.travel_times import LegTimes, waits, whole_way
from fotfeste.settlement.domain.types import CarInsurance, Payer, TravelMode
from fotfeste.settlement.models import Journey, JourneyLeg
from fotfeste.settlement.outside_week import outside_week
from fotfeste.settlement.queries.story import Story
from fotfeste.settlement.queries.travel import fares_of
from fotfeste.settlement.rows import Fact
from fotfeste.settlement.rows_luggage import luggage_lines
from fotfeste.settlement.sentences_journey import MODES, PAYERS
from fotfeste.settlement.sentences_travel import INSURANCES


@dataclass(frozen=True, slots=True)
class LegRow:
    """One leg of the journey in words."""

    number: int
    mode: str
    start: str
    departs: str
    end: str
    arrives: str
    waits: str  # until the next one leaves
    payer: str
    price: str


def journey_facts(story: Story) -> list[Fact]:
    """The journey as agreed."""
    journey, approval = story.journey, story.approval_of_journey
    if journey is None:
        return []
    facts = [
        Fact(
            _("Reisedag"),
            _put_off(journey)
            or ". ".join(filter(None, (in_words(journey.travels_on), outside_week(story.journey, story.offer)))),
        ),
        Fact(_("Avtalt med"), _who_and_when(journey)),
        Fact(_("Knutepunkt"), journey.hub),
        Fact(_("Møtes av"), journey.receiver),
        Fact(_("Hele reisen"), duration(journey.minutes)),
        Fact(_("Mat og drikke"), _("ja, mottaket sørger for det") if journey.has_food else _("nei, trengs ikke")),
        Fact(_("Bagasje"), _luggage(journey, story)),
        Fact(_("Bestilling"), journey.booking_reference),
        *_car_facts(journey),
        Fact(_("UDIs godkjenning"), approval.udi_reference if approval else ""),
        Fact(_("Merknad"), journey.note),
        Fact(_("Kommet"), in_words(journey.arrived_on)),
        Fact(_("Meldt at de ikke kom"), _missed(journey)),
    ]
    return [fact for fact in facts if fact.value]


def _luggage(journey: Journey, story: Story) -> str:
    said = [pieces(journey.luggage_pieces) + "."]
    said += [line.text for line in luggage_lines(journey, story.legs)]
    if journey.luggage_checked_on is not None:
        said.append(_("Sjekket med selskapene %(day)s.") % {"day": in_words(journey.luggage_checked_on)})
    return " ".join(said)


def _put_off(journey: Journey) -> str:
    if journey.postponed_on is None:
        return ""
    return _("Reisen %(day)s er utsatt. Ny dag er ikke avtalt.") % {"day": in_words(journey.travels_on)}


def _missed(journey: Journey) -> str:
    if journey.missed_on is None:
        return ""
    return _("%(day)s: %(text)s") % {"day": in_words(journey.missed_on), "text": journey.missed_text}


def _who_and_when(journey: Journey) -> str:
    return _("%(name)s, %(day)s") % {"name": journey.agreed_with, "day": in_words(journey.agreed_on)}


def _car_facts(journey: Journey) -> Iterator[Fact]:
    if not journey.is_own_car or journey.persons_in_car is None or journey.ticket_price_ore is None:
        return
    fares = fares_of(journey)
    each = [(fares.adults, fares.ticket_price_ore), (fares.children, fares.child_price_ore)]
    each.append((fares.infants, fares.infant_price_ore))
    sums = " + ".join(f"{count} × {kroner(price)}" for count, price in each if count)
    refund = _("%(sum)s (%(sums)s). Mottaket legger ut, UDI refunderer.") % {
        "sum": kroner(refund_ore(fares)),
        "sums": sums,
    }
    yield Fact(_("Egen bil, refusjon"), refund)
    yield Fact(_("Egenerklæring signert"), in_words(journey.self_declaration_signed_on))
    insured = INSURANCES[journey.car_insurance or CarInsurance.GREEN_CARD]
    yield Fact(str(insured), in_words(journey.green_card_valid_until))


def duration(minutes: int) -> str:
    """`14 t 5 min`."""
    hours, rest = divmod(minutes, 60)
    return _("%(hours)d t %(minutes)d min") % {"hours": hours, "minutes": rest}


def pieces(count: int) -> str:
    """`2 kolli per person`."""
    return ngettext("%(count)d kolli per person", "%(count)d kolli per person", count) % {"count": count}


def leg_rows(legs: Sequence[JourneyLeg]) -> list[LegRow]:
    """The legs in order, each with its times and who pays. The day is said where it is another than the one before."""
    times = times_of(legs)
    waited = (*waits(times), None) if times else ()  # a journey that was taken back has none
    shown = list(_clocks(times))
    return [
        LegRow(
            leg.number,
            str(MODES[TravelMode(leg.mode)]),
            leg.start,
            departs,
            leg.end,
            arrives,
            duration(wait) if wait else "",
            str(PAYERS[Payer(leg.payer)]),
            kroner(leg.price_ore),
        )
        for leg, (departs, arrives), wait in zip(legs, shown, waited, strict=True)
    ]


def times_of(legs: Iterable[JourneyLeg]) -> list[LegTimes]:
    """When the stored legs leave and arrive."""
    return [LegTimes(leg.departs_at, leg.arrives_at) for leg in legs]


def _clocks(times: Sequence[LegTimes]) -> Iterator[tuple[str, str]]:
    day = next((each.departs_at.astimezone(OSLO).date() for each in times if each.departs_at), None)
    for each in times:
        shown = []
        for at in (each.departs_at, each.arrives_at):
            local = at.astimezone(OSLO) if at else None
            shown.append("" if local is None else clock(local) if local.date() == day else instant(local))
            day = local.date() if local else day
        yield shown[0], shown[1]


def modes_in_words(modes: Iterable[str]) -> str:
    """`drosje, minibuss`."""
    return ", ".join(str(MODES[TravelMode(mode)]) for mode in modes)


def approval_rows(story: Story) -> list[Mapping[str, object]]:
    """What UDI was asked about the way of travelling, and its answers."""
    outcomes = {
        "": _("venter på svar"),
        "approved": _("godkjent"),
        "refused": _("ikke godkjent"),
        "void": _("bortfalt"),
    }
    tones = {"": "info", "approved": "success", "refused": "warning", "void": "neutral"}
    return [
        {
            "asked_on": asked.asked_on,
            "modes": modes_in_words(asked.modes),
            "explanation": asked.explanation,
            "state": outcomes[asked.outcome],
            "tone": tones[asked.outcome],
            "answer": "; ".join(part for part in (asked.udi_reference, asked.answer_text) if part),
        }
        for asked in story.approvals
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    """One leg in the picture: where it begins and how wide it is, in percent of the whole way."""

    number: int
    left: float
    width: float
    middle: float
    title: str
    is_municipalitys: bool


@dataclass(frozen=True, slots=True)
class Midnight:
    """Where a new day begins in the picture, in percent of the whole way."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class JourneyPicture:
    """The whole way as a line of time."""

    bars: tuple[Bar, ...]
    midnights: tuple[Midnight, ...]
    begins: str
    ends: str
    summary: str


def journey_picture(legs: Sequence[JourneyLeg]) -> JourneyPicture | None:
    """The legs drawn along the time that the whole way takes; None where not all times are known."""
    times = times_of(legs)
    minutes = whole_way(times)
    if not minutes or any(each.minutes is None for each in times):
        return None
    begin, end = _instant(times[0].departs_at), _instant(times[-1].arrives_at)

    def percent(at: datetime | None) -> float:
        return round((_instant(at) - begin).total_seconds() / 60 / minutes * 100, 2)

    bars = tuple(
        _bar(row, percent(each.departs_at), percent(each.arrives_at), is_municipalitys=leg.payer == Payer.MUNICIPALITY)
        for leg, row, each in zip(legs, leg_rows(legs), times, strict=True)
    )
    days = (end.astimezone(OSLO).date() - begin.astimezone(OSLO).date()).days
    midnights = [
        datetime.combine(begin.astimezone(OSLO).date() + ONE_DAY * day, time(0), tzinfo=OSLO).astimezone(UTC)
        for day in range(1, days + 1)
    ]
    return JourneyPicture(
        bars,
        tuple(Midnight(percent(at), short_day(at)) for at in midnights),
        clock(begin),
        clock(end),
        _("Reisen fra %(begin)s til %(end)s: %(time)s i alt, ventetid medregnet.")
        % {"begin": instant(begin), "end": instant(end), "time": duration(minutes)},
    )


def _instant(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("a time that is not known cannot be drawn")
    return at


def _bar(row: LegRow, left: float, right: float, *, is_municipalitys: bool) -> Bar:
    title = f"{row.number}. {row.mode}: {row.start} {row.departs} – {row.end} {row.arrives}"
    return Bar(row.number, left, round(right - left, 2), round((left + right) / 2, 2), title, is_municipalitys)
