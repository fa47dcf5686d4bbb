"""Who leaves the centre has left the refusal, by the departure that the centre registers: nothing is registered twice.

Source: GUIDE Vedlegg 6 (the centre registers the departure, and the case is ended).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from fotfeste.accommodation.public import CentreOperation, CentreType, DepartureReason, Stay, everyone_of
from fotfeste.kernel.ages import ADULT_AT, is_adult
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.decisions import Reason
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import ONE_DAY
from fotfeste.platform.events import Told
from fotfeste.platform.facts import annul
from fotfeste.refusal.actions.happening import happened
from fotfeste.refusal.actions.holding import say_whether_it_is_held
from fotfeste.refusal.actions.joining import take_in_children
from fotfeste.refusal.actions.opening import end_without_refusal, reopen
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import gate
from fotfeste.refusal.domain.history import goes_alone
from fotfeste.refusal.domain.types import LETTERS, Event, Happening
from fotfeste.refusal.letters_void import deadlines_held, held_of, sent_in, write_void
from fotfeste.refusal.models import Refusal, RefusalEvent
from fotfeste.refusal.queries.cases import TOLD, WAS_A_CHILD, case_of, open_refusal_of, refusal_of
from fotfeste.refusal.queries.living import staying_of
from fotfeste.refusal.sentences import refused_because
from fotfeste.refusal.tasks import follow_with_tasks
from fotfeste.registry.public import members_of

_LEFT = (Happening.MOVED_OUT, Happening.EVICTED, Happening.DECEASED)
_WAYS = {DepartureReason.EVICTED: Happening.EVICTED, DepartureReason.DECEASED: Happening.DECEASED}
BACK = "departure_annulled"


def follow_departure(told: Told) -> None:
    """People have left their centre: moved out, also to live privately with support, evicted from the enforcement
    officer's day, or dead.

    Listens to `accommodation.departed` and `accommodation.private_stay_started`, in their transaction. Raises Refused
    for an eviction that is not to be.
    """
    event = told.event
    if event.subject_id is None or event.holds_on is None or event.transition == DepartureReason.MOVED_CENTRE:
        return
    refusal = open_refusal_of(event.subject_id, is_locked=True)
    if event.transition == DepartureReason.EVICTED:
        _refuse_without_refusal(event.subject_id, refusal, event.holds_on, legal_day(told.at))
    if refusal is None:
        return
    case = case_of(refusal)
    course, here = Course(case), staying_of(refusal, legal_day(told.at))
    left = [int(each.id) for each in course.present() if int(each.id) not in here]
    kind = next((way for reason, way in _WAYS.items() if reason == event.transition), Happening.MOVED_OUT)
    if kind is Happening.EVICTED:
        _check_eviction(course, sorted({*left, *_evicted_though_out(refusal, course, event.holds_on)}), event.holds_on)
    if not left:
        return
    happened(refusal, kind, left, on=event.holds_on, by=told.by, at=told.at)
    follow_with_tasks(refusal, case_of(refusal), cause=f"refusal.{kind}", by=told.by, at=told.at)


def _refuse_without_refusal(group_id: int, refusal: Refusal | None, day: date, today: date) -> None:
    """Nobody is evicted whom no open refusal is about: no gate would be asked. Raises Refused `nobody_to_evict`."""
    known = refusal.persons if refusal else ()
    others = {each.subject_id for each in everyone_of(group_id, today)} - {*known}
    ended = Stay.objects.current().filter(subject_id__in=others, departure_reason=DepartureReason.EVICTED)
    if any(stay.period.end == day for stay in ended):
        raise Refused("nobody_to_evict", "reason")


def _evicted_though_out(refusal: Refusal, course: Course, day: date) -> Iterator[int]:
    """Whose stay is registered as ended by an eviction on the day, though they had left the refusal otherwise before:
    by a yes.
    """
    ended = Stay.objects.current().filter(subject_id__in=refusal.persons, departure_reason=DepartureReason.EVICTED)
    for person in {stay.subject_id for stay in ended if stay.period.end == day}:
        out = course.out(str(person))
        if out and out.kind is not Happening.EVICTED:
            yield person


def _check_eviction(course: Course, persons: list[int], on: date) -> None:
    """A departure is registered late at times, so that only what it waits for is asked, not what came after it; and
    that no child goes or stays alone.
    """
    for person in persons:
        found = gate(course, Happening.EVICTED, course.resident(str(person)), on)
        fault = found.never or next(iter(found.waits_for), None)
        if fault is None and found.opens_on and on < found.opens_on:
            fault = Reason("too_early", {"from": found.opens_on})
        if fault:
            raise refused_because(fault, "reason")
    event = Event(Happening.EVICTED, on, tuple(str(person) for person in persons))
    if fault := goes_alone(course, event):
        raise refused_because(fault, "reason")


def follow_annulled_departure(told: Told) -> None:
    """They never left: they are in the refusal as before, also where UDI has closed it since.

    Listens to `accommodation.departure_annulled`, under the household's lock.
    """
    if told.event.subject_id is None:
        return
    refusal = refusal_of(told.event.subject_id)
    if refusal is None:
        return
    here = staying_of(refusal, legal_day(told.at))
    gone = RefusalEvent.objects.current().filter(refusal=refusal, kind__in=_LEFT, resident_id__in=here)
    back = list(gone.order_by("pk"))
    if not back:
        return
    reopen(refusal, reason=BACK, by=told.by, at=told.at)
    for row in back:
        annul(row, by=told.by, at=told.at, reason=BACK)
    say_whether_it_is_held(refusal, told)
    follow_with_tasks(refusal, case_of(refusal), cause="refusal.taken_back", by=told.by, at=told.at)


def follow_move(told: Told) -> None:
    """They were placed at a centre: whose task it is to talk with them follows. Listens to `accommodation.placed`.

    A minor who came alone and has got the place that was offered has left the refusal: a place in a centre for
    unaccompanied minors, where no adult of the household stays with them. A child who has come to those who refuse is
    in it. The enforcement officer is to be told where somebody lives now whom a petition named elsewhere.
    """
    if told.event.subject_id is None:
        return
    refusal = open_refusal_of(told.event.subject_id, is_locked=True)
    if refusal is None:
        return
    today = legal_day(told.at)
    take_in_children(refusal, today)
    course, places = Course(case_of(refusal)), _places_for_minors(refusal, today)
    for minor in course.minors_alone(today):
        offered, came_on = course.first(Happening.MINORS_PLACE_OFFERED, minor.id), places.get(int(minor.id))
        if offered and came_on and came_on >= offered.on:
            happened(refusal, Happening.MOVED_OUT, [int(minor.id)], on=came_on, by=told.by, at=told.at)
    _say_who_lives_elsewhere(refusal, told)
    follow_with_tasks(refusal, case_of(refusal), cause="refusal.reported", by=told.by, at=told.at)


def _say_who_lives_elsewhere(refusal: Refusal, told: Told) -> None:
    """Whom a petition has named, and who lives at another centre by this placing: the officer knows the one before."""
    today, since = legal_day(told.at), told.event.holds_on
    if since is None:
        return
    course = Course(case_of(refusal))
    here = {each.subject_id: each for each in everyone_of(refusal.subject_id, today) if each.centre_id}
    before = {each.subject_id: each.centre_id for each in everyone_of(refusal.subject_id, since - ONE_DAY)}
    named = (int(each.id) for each in course.present() if course.known_to_officer(each.id))
    moved = [
        person
        for person in named
        if person in here
        and here[person].since_on == since
        and before.get(person) not in (None, here[person].centre_id)
    ]
    if moved:
        happened(refusal, Happening.MOVED_CENTRE, moved, on=today, by=told.by, at=told.at)


def _places_for_minors(refusal: Refusal, today: date) -> dict[int, date]:
    """Since when each stays who stays at a centre for unaccompanied minors, with no adult of the household there."""
    stays = {each.subject_id: each for each in everyone_of(refusal.subject_id, today) if each.centre_id}
    running = CentreOperation.objects.current().filter(
        centre_id__in={each.centre_id for each in stays.values()},
        period__contains=today,
        type=CentreType.UNACCOMPANIED_MINORS,
    )
    grown = {each.subject_id for each in members_of(refusal.subject_id, today) if each.age >= ADULT_AT}
    with_adults = {stays[person].centre_id for person in grown & stays.keys()}
    centres = {*running.values_list("centre_id", flat=True)} - with_adults
    return {person: each.since_on for person, each in stays.items() if each.since_on and each.centre_id in centres}


def follow_details(told: Told) -> None:
    """A day of birth is put right: who gets letters, and by whose letter something runs, is asked anew.

    What was sent to somebody who was a child that day is void, IMDi's letter too, and so is what was sent by UDI after
    its letter to a child, when they were of age, and what the centre told of the days of such letters: annulled, so
    that they may get letters of their own, in their order. The letters themselves stay among the letters, with one that
    says that they do not count. Listens to `registry.details_corrected`.
    """
    refusal = open_refusal_of(told.event.subject_id, is_locked=True) if told.event.subject_id else None
    if refusal is None:
        return
    born = {each.subject_id: each.birth_date for each in members_of(refusal.subject_id, legal_day(told.at))}
    deadlines = [
        each
        for each in deadlines_held(refusal)
        if each.person in born and not is_adult(born[each.person], each.sent_on)
    ]
    children = {each.person for each in deadlines}
    void = list(_resting_on_childhood(sent_in(refusal), born, children))
    for row in void:
        annul(row, by=told.by, at=told.at, reason=WAS_A_CHILD)
    if deadlines:
        refusal.deadline_letters = [person for person in refusal.deadline_letters if person not in children]
        refusal.save(update_fields=["deadline_letters"])
    write_void(refusal, [*deadlines, *held_of(void)], WAS_A_CHILD, by=told.by, at=told.at)
    follow_with_tasks(refusal, case_of(refusal), cause="refusal.reported", by=told.by, at=told.at)


def _resting_on_childhood(
    sent: Iterable[RefusalEvent], born: Mapping[int, date], bare: Collection[int]
) -> Iterator[RefusalEvent]:
    """Of what was sent, in its order: letters to who was a child that day, each that the same person got after it, and
    what they were told of days by then. `bare`: those whose letter from IMDi is void, with no other that counts yet.
    """
    children, without_letter = set[int](), set(bare)
    for row in sent:
        person = row.resident_id
        if person is None or person not in born:
            continue
        rests = person in children or not is_adult(born[person], row.holds_on)
        if row.kind not in LETTERS:
            rests = rests or person in without_letter
        elif rests:
            children.add(person)
        else:
            without_letter.discard(person)
        if rests:
            yield row


def follow_taken_out(told: Told) -> None:
    """Whoever is taken out of the household is another household's, which has its own case: not of this refusal.

    Whom a petition has named stays among its people, as one who is out, so that the enforcement officer is told.
    Listens to `registry.member_removed` and `registry.group_emptied`: a household without people refuses nothing.
    """
    event = told.event
    refusal = open_refusal_of(event.subject_id, is_locked=True) if event.subject_id else None
    if refusal is None:
        return
    members = {each.subject_id for each in everyone_of(refusal.subject_id, legal_day(told.at))}
    left = [person for person in refusal.persons if person in members]
    if not left:
        end_without_refusal(refusal, by=told.by, at=told.at)
        return
    petitions = RefusalEvent.objects.filter(TOLD, refusal=refusal, kind=Happening.PETITION)
    named = {*petitions.values_list("resident_id", flat=True)}
    known = RefusalEvent.objects.current().filter(refusal=refusal, kind=Happening.TAKEN_OUT)
    gone = (named & {*refusal.persons}) - members - {*known.values_list("resident_id", flat=True)}
    before, refusal.persons = refusal.persons, [each for each in refusal.persons if each in members or each in named]
    if refusal.persons != before or gone:
        refusal.save(update_fields=["persons"])
        if gone:
            happened(refusal, Happening.TAKEN_OUT, sorted(gone), on=legal_day(told.at), by=told.by, at=told.at)
        cause = "refusal.taken_out" if gone else "refusal.reported"
        follow_with_tasks(refusal, case_of(refusal), cause=cause, by=told.by, at=told.at)
