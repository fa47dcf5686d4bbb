"""The clock of a refusal as a picture: IMDi's deadline, each adult's 14 days, letters, benefit, what comes next."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fotfeste.platform.panels import TimelineEntry
from fotfeste.refusal.domain.types import LETTERS, Happening, Resident
from fotfeste.refusal.queries.shown import Shown
from fotfeste.refusal.rows import Names


def clock_entries(shown: Shown, names: Names) -> list[TimelineEntry]:
    """What is drawn, in lanes: the case, then each adult."""
    named = [each for each in shown.case.residents if each.id in names]
    people = [entry for each in named for entry in _of_one(shown, each, names)]
    return [*_of_the_case(shown), *people]


def _of_the_case(shown: Shown) -> Iterator[TimelineEntry]:
    lane, course = _("Saken"), shown.course
    opened = _("Sa nei") if shown.case.offer.declined_on else _("Flyttet ikke")
    yield TimelineEntry(lane, opened, shown.case.offer.opened_on, is_point=True)
    deadline, asked = shown.plan.imdi_deadline, course.first(Happening.HOLD_ASKED)
    if deadline is not None:
        start = asked.on if asked else shown.case.offer.opened_on
        label = _("IMDis frist") if deadline.runs_out_on else _("IMDis frist (står stille)")
        yield TimelineEntry(lane, label, start, deadline.runs_out_on, source="IMDi")
    for period in course.suspensions():
        yield TimelineEntry(lane, _("I bero"), period.start, period.end, source="UDI")
    if withdrawn := course.first(Happening.WITHDRAWN):
        yield TimelineEntry(lane, _("Tilbudet ble trukket tilbake"), withdrawn.on, is_point=True)
    if evicted_on := course.day_of_eviction(shown.day):
        known_on = max(each.on for each in course.all(Happening.EVICTION_DAY_SET) if each.day == evicted_on)
        yield TimelineEntry(lane, _("Utkastelse"), evicted_on, is_point=True, known_on=known_on)


def _of_one(shown: Shown, resident: Resident, names: Names) -> Iterator[TimelineEntry]:
    lane, plan = names.get(resident.id, ""), shown.plan
    labels = {
        Happening.FIRST_LETTER: _("Første brev"),
        Happening.EVICTION_NOTICE: _("Varsel om utkastelse"),
        Happening.PETITION: _("Begjæring"),
    }
    earliest = {
        Happening.FIRST_LETTER: _("Første brev tidligst"),
        Happening.EVICTION_NOTICE: _("Varsel tidligst"),
        Happening.PETITION: _("Begjæring tidligst"),
    }
    found = {each.letter: each for each in plan.letters if each.resident == resident.id}
    for letter in LETTERS:
        each = found.get(letter)
        if each is None:
            continue
        if each.sent_on:
            yield TimelineEntry(lane, labels[letter], each.sent_on, is_point=True, source="UDI", known_on=each.sent_on)
        elif each.waiting and each.waiting.opens_on and not each.waiting.never and each.waiting.opens_on > shown.day:
            yield TimelineEntry(lane, earliest[letter], each.waiting.opens_on, is_point=True)
    sent = found.get(Happening.FIRST_LETTER)
    fortnight = dict(plan.fortnights).get(resident.id)
    if fortnight and sent and sent.sent_on:
        yield TimelineEntry(lane, _("14 dager"), sent.sent_on, fortnight.runs_out_on)
    stop = dict(plan.benefit_stops).get(resident.id)
    if stop:
        yield TimelineEntry(lane, _("Uten basisutbetaling"), stop.start, stop.end)
    if out := dict(plan.out).get(resident.id):
        said = {
            Happening.ACCEPTED: _("Sa ja"),
            Happening.MOVED_OUT: _("Flyttet ut"),
            Happening.EVICTED: _("Kastet ut"),
            Happening.DECEASED: _("Døde"),
            Happening.TAKEN_OUT: _("Tatt ut av husstanden"),
        }
        yield TimelineEntry(lane, said[out.kind], out.on, is_point=True)
