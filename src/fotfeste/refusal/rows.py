"""A refusal in words for its pages: whose move it is and by when, who has got what, whose benefit stops, its course."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.kernel.periods import Period
from fotfeste.platform.words import capital, language_name
from fotfeste.platform.words import day as in_words
from fotfeste.refusal.domain.clock import Deadline
from fotfeste.refusal.domain.moves import TaskOf
from fotfeste.refusal.domain.plan import Letter
from fotfeste.refusal.domain.types import LETTERS, Event, Happening, Party
from fotfeste.refusal.models import RefusalEvent
from fotfeste.refusal.queries.shown import Shown
from fotfeste.refusal.words import EVENT_WORDS
from fotfeste.refusal.words_pages import (
    ACTS,
    INTERPRETERS,
    MEANINGS,
    OPENED_BY,
    PARTIES,
    STEP_TONES,
    STEPS,
    TASKS,
    why_waits,
)

_TELLS: Mapping[Party, Happening] = {
    Party.GUARDIAN: Happening.GUARDIAN_TOLD,
    Party.CHILD_WELFARE: Happening.CHILD_WELFARE_TOLD,
}
type Names = Mapping[str, str]
type Cell = dict[str, Any]

_ACT_OF: Mapping[TaskOf, Happening] = {
    TaskOf.FIRST_LETTER: Happening.FIRST_LETTER,
    TaskOf.NOTICE: Happening.EVICTION_NOTICE,
    TaskOf.PETITION: Happening.PETITION,
}


def head_rows(shown: Shown) -> dict[str, Any]:
    """What it is about, how it stands, and whose moves they are."""
    step = shown.plan.step
    return {
        "refusal": shown.refusal,
        "step": STEPS[step],
        "tone": STEP_TONES[step],
        "meaning": _meaning(shown),
        "why": OPENED_BY[shown.refusal.cause],
        "moves": move_rows(shown),
        "suspended_since": shown.course.suspended_from(),
    }


def _meaning(shown: Shown) -> str:
    """What the step means today: between the letters, the 14 days run out and the benefit stops."""
    stops = [stop for _resident, stop in shown.plan.benefit_stops]
    if shown.plan.step == "first_letter" and stops and all(stop.start <= shown.day for stop in stops):
        return _(
            "UDI har skrevet til de voksne om hva de mister, og basisutbetalingen er stoppet. De kan fortsatt si ja."
        )
    return str(MEANINGS[shown.plan.step])


def move_rows(shown: Shown) -> list[dict[str, Any]]:
    """Whose moves it is, the first due first, and last what waits for another of them.

    Who holds the offer is never late: they hold it until they have moved.
    """
    waiting = {act.act for act in shown.plan.later if act.waiting.waits_for} - {act.act for act in shown.plan.now}
    rows = [
        {
            "who": capital(PARTIES[each.party]),
            "what": TASKS[each.task],
            "due_on": None if each.task is TaskOf.HELD else each.due_on,
            "waits": _ACT_OF.get(each.task) in waiting,
        }
        for each in shown.moves
    ]
    return sorted(rows, key=lambda row: (row["waits"], row["due_on"] or date.max))


def clock_rows(shown: Shown) -> list[tuple[str, str]]:
    """The clock of the case: IMDi's deadline, the offer, the day of the eviction if one holds."""
    course, found = shown.course, []
    found.append((_("IMDis frist for å flytte"), deadline_in_words(shown.plan.imdi_deadline)))
    withdrawn, asked = course.first(Happening.WITHDRAWN), course.first(Happening.HOLD_ASKED)
    if withdrawn:
        held = _("trukket %(day)s. Den som sier ja nå, venter på en annen kommune.") % {"day": in_words(withdrawn.on)}
    elif asked:
        held = _("holdes av kommunen, som ble bedt om det %(day)s") % {"day": in_words(asked.on)}
    else:
        held = _("kommunen er ikke bedt om å holde det ennå")
    found.append((_("Tilbudet"), held))
    if evicted_on := course.day_of_eviction(shown.day):
        found.append((_("Dagen for utkastelse"), in_words(evicted_on)))
    return found


def deadline_in_words(deadline: Deadline | None) -> str:
    """A deadline as it was set, and as it runs."""
    if deadline is None:
        return _("ikke satt")
    if deadline.runs_out_on is None:
        return _("satt til %(set)s, står stille") % {"set": in_words(deadline.set_for)}
    if deadline.runs_out_on != deadline.set_for:
        words = {"set": in_words(deadline.set_for), "day": in_words(deadline.runs_out_on)}
        return _("%(day)s (satt til %(set)s)") % words
    return in_words(deadline.runs_out_on)


def resident_rows(shown: Shown, names: Names) -> list[dict[str, Any]]:
    """Each of them: which letters and when, their 14 days, their benefit; or why nothing of it is about them."""
    plan, of_age = shown.plan, dict(shown.plan.of_age_on)
    fortnights, stops, outs = dict(plan.fortnights), dict(plan.benefit_stops), dict(plan.out)
    letters = {(each.resident, each.letter): each for each in plan.letters}
    alone = {each.id for each in shown.course.minors_alone(shown.day)}
    rows = []
    for each in shown.case.residents:
        if each.id not in names and each.id in outs and outs[each.id].kind is Happening.TAKEN_OUT:
            continue
        out, grown = outs.get(each.id), of_age.get(each.id)
        rows.append(
            {
                "name": names.get(each.id, ""),
                "left": _out_in_words(out.kind, out.on) if out else _not_offered_in_words(each.was_offered),
                "child": _child_in_words(grown, is_alone=each.id in alone) if grown and not out else "",
                "letters": list(_letter_cells([letters.get((each.id, letter)) for letter in LETTERS], shown.day)),
                "fortnight": deadline_in_words(fortnights[each.id]) if each.id in fortnights else "",
                "benefit": benefit_in_words(stops.get(each.id), shown.day, out),
            }
        )
    return rows


def _not_offered_in_words(was_offered: bool) -> str:
    return "" if was_offered else _("fikk ikke dette tilbudet: ingen frist løper, og ingen brev sendes")


def _out_in_words(kind: Happening, on: date) -> str:
    said = {
        Happening.ACCEPTED: _("sa ja likevel %(day)s"),
        Happening.MOVED_OUT: _("flyttet ut %(day)s"),
        Happening.EVICTED: _("ble kastet ut %(day)s"),
        Happening.DECEASED: _("døde %(day)s"),
        Happening.TAKEN_OUT: _("tatt ut av husstanden %(day)s"),
    }
    return said[kind] % {"day": in_words(on)}


def _child_in_words(of_age_on: date, *, is_alone: bool) -> str:
    words = {"day": in_words(of_age_on)}
    if is_alone:
        return _("Kom alene og er under 18 år til %(day)s: får ikke brev, og beholder pengene.") % words
    return _("Under 18 år til %(day)s: får ikke brev, og beholder pengene.") % words


def _letter_cells(letters: Sequence[Letter | None], day: date) -> Iterator[Cell]:
    """A cell for each letter; what keeps an earlier one back is not said again of those that come after it."""
    said: set[str] = set()
    for letter in letters:
        cell = _letter_cell(letter, day)
        why = cell.get("why", ())
        yield cell | {"why": [each for each in why if each not in said]}
        said |= {*why}


def _letter_cell(letter: Letter | None, day: date) -> Cell:
    if letter is None:
        return {"words": "", "tone": ""}
    if letter.sent_on:
        return {"words": _("sendt %(day)s") % {"day": in_words(letter.sent_on)}, "tone": "success"}
    waiting = letter.waiting
    if waiting is None or waiting.never:
        return {"words": "", "tone": ""}
    if waiting.is_open(day):
        return {"words": _("kan sendes nå"), "tone": "warning"}
    is_ahead = waiting.opens_on is not None and waiting.opens_on > day
    first = _("tidligst %(day)s") % {"day": in_words(waiting.opens_on)} if is_ahead else _("venter")
    return {"words": first, "tone": "neutral", "why": why_waits(waiting.waits_for)}


def benefit_in_words(stop: Period | None, day: date, out: Event | None = None) -> str:
    """From when somebody has no basic benefit, and until when: only a yes brings it back."""
    if out is not None and out.kind is not Happening.ACCEPTED:
        return _benefit_of_who_left(stop, out)
    if stop is None:
        return _("utbetales")
    words = {"start": in_words(stop.start), "end": in_words(stop.end)}
    if stop.end is not None:
        return _("stoppet fra %(start)s, utbetales igjen fra %(end)s") % words
    return (_("stopper fra %(start)s") if stop.start > day else _("stoppet fra %(start)s")) % words


def _benefit_of_who_left(stop: Period | None, out: Event) -> str:
    """Until when it was paid, or since when it was not, and why nothing more is said of it here."""
    words = {"start": in_words(stop.start) if stop else "", "end": in_words(out.on)}
    if out.kind is Happening.TAKEN_OUT:
        return (_("stoppet fra %(start)s til %(end)s, da husstanden ble en annen") if stop else "") % words
    if stop is None:
        return _("utbetalt til plassen på mottaket tok slutt %(end)s") % words
    return _("stoppet fra %(start)s, plassen på mottaket tok slutt %(end)s") % words


def telling_rows(shown: Shown, names: Names) -> list[dict[str, Any]]:
    """Who is to be told first of those who came alone, or of children with no adult left."""
    rows = [
        {"what": ACTS[_TELLS[each.who]], "about": listed_names(each.about, names), "told_on": each.told_on}
        for each in shown.plan.tell
        if each.before is Happening.EVICTION_NOTICE
    ]
    for each in shown.course.minors_alone(shown.day):
        place = shown.course.first(Happening.MINORS_PLACE_OFFERED, each.id)
        rows.append(
            {
                "what": ACTS[Happening.MINORS_PLACE_OFFERED],
                "about": names.get(each.id, ""),
                "told_on": place.on if place else None,
            }
        )
    return rows


def listed_names(ids: Iterable[str], names: Names) -> str:
    """The names of residents, of those that the viewer may know, in the order that they have everywhere."""
    about = set(ids)
    return ", ".join(name for each, name in names.items() if each in about)


def course_rows(events: Sequence[RefusalEvent], names: Names) -> list[dict[str, Any]]:
    """What has happened, in order: what was done at once is one row, with whom it is about and what was said."""
    together: dict[tuple[object, ...], list[RefusalEvent]] = {}
    for row in events:
        together.setdefault((row.kind, row.holds_on, row.recorded_at), []).append(row)
    return [_course_row(rows, names) for rows in together.values()]


def _course_row(rows: Sequence[RefusalEvent], names: Names) -> dict[str, Any]:
    first = rows[0]
    return {
        "key": first.pk,
        "on": first.holds_on,
        "what": EVENT_WORDS[f"refusal.{first.kind}"],
        "about": listed_names((str(row.resident_id) for row in rows if row.resident_id), names),
        "by": first.reported_by.name if first.reported_by else "",
        "details": list(_details(first)),
        "text": first.text,
    }


def _details(row: RefusalEvent) -> Iterator[str]:
    if row.names_on:
        said = {
            Happening.FIRST_LETTER: _("basisutbetalingen stopper %(day)s"),
            Happening.EVICTION_DAY_SET: _("utkastelsen er %(day)s"),
        }.get(Happening(row.kind), _("ny frist %(day)s"))
        yield said % {"day": in_words(row.names_on)}
    if row.language:
        yield _("på %(language)s") % {"language": language_name(row.language)}
    if row.interpreter:
        yield str(INTERPRETERS[row.interpreter])
