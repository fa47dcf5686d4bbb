"""Writes down how a household gets a municipality: requests, answers, and the one offer. See `case`."""

from datetime import date

from fotfeste.demo.domain.case_records import OfferRecord, RequestRecord
from fotfeste.demo.domain.choosing import Answered, Choice
from fotfeste.demo.domain.chronicle import Chronicle
from fotfeste.demo.domain.course import Ask, Way
from fotfeste.demo.domain.diary import By, reference
from fotfeste.demo.domain.interviewing import InterviewChronicle
from fotfeste.demo.domain.refusing import RefusalChronicle
from fotfeste.demo.domain.rules import Due
from fotfeste.demo.domain.world import MunicipalitySeat
from fotfeste.kernel.calendar import Week

# Why a municipality says no for now: it may be asked about them for a later week. Else they are to be assessed anew.
_FOR_NOW = ("no_housing", "no_school_place", "other")
# ... or for want of what they need, which it then declares that it has not got.
_FOR_WANT = {
    "no_housing": ("pets", "staffed_housing"),
    "no_adapted_housing": ("adapted_housing",),
    "no_health_services": ("health_specialists",),
}


class OfferChronicle(InterviewChronicle):
    """The records of a case from the first request to the answer to the offer."""

    def __init__(self, chronicle: Chronicle, way: Way, choice: Choice) -> None:
        super().__init__(chronicle, way)
        self.choice = choice
        self.request: RequestRecord | None = None
        self.offer: OfferRecord | None = None
        self.municipality: MunicipalitySeat | None = None
        self.asked: set[int] = set()
        self.refused = RefusalChronicle(chronicle)

    # The municipality

    def send_request(self, ask: Ask) -> None:
        """IMDi asks a municipality."""
        c, on = self.c, ask.sent_on
        if not self.asked:
            self.pass_on(on)
        by = self.diary.act(c.world.imdi, on)
        self.municipality = municipality = self.choice.municipality(self.needs, self.asked)
        organisation_id = municipality.seat.organisation_id
        self.asked.add(organisation_id)
        self.request = RequestRecord(
            id=c.keys.next("request"),
            reference=reference(self.rng),
            subject_id=c.group_id,
            case_id=self.of().id,
            organisation_id=organisation_id,
            state="open",
            size=self.of().size,
            sent_on=on,
            wanted_week=str(Week.of(on) + 5) if self.rng.random() < 0.3 else "",
            answered_on=None,
            answered_by_id=None,
            possible_week="",
            confirmed=(),
            decline_reason="",
            answer_text="",
        )
        self.advance("send_request", "requested", on, by, organisation_id)
        self.diary.close_tasks(["find_municipality"], by)
        self.diary.open_needs(c.subjects, organisation_id, "asked_to_settle", on, by)
        due = self.rules.answer_request(on)
        self.ask("answer_request", organisation_id, "send_request", on, due, by, self.request.id)
        self.ask("follow_request", c.world.imdi.organisation_id, "send_request", on, due, by, self.request.id)

    def answer_request(self, ask: Ask) -> None:
        """The municipality answers, or IMDi takes the request back."""
        request, municipality = self.request, self.municipality
        if request is None or municipality is None:
            return
        on, organisation_id = ask.answered_on, request.organisation_id
        if ask.answer == "withdrawn":
            by = self.diary.act(self.c.world.imdi, on)
            self._write_request(request._replace(state="withdrawn"))
            self.advance("withdraw_request", "queued", on, by, organisation_id)
            self.diary.close_tasks(["follow_request"], by, outcome="void")
            self.look_for_municipality("withdraw_request", on, by)
            self._municipality_leaves(on, by, organisation_id)
            return
        by = self.diary.act(municipality.seat, on)
        answered = request._replace(answered_on=on, answered_by_id=by.user_id)
        if ask.answer == "accepted":
            week = str(Week.of(self.way.agreed_on))
            self.request = answered._replace(state="accepted", possible_week=week, confirmed=tuple(sorted(self.needs)))
            self.advance("accept_request", "municipality_found", on, by, organisation_id)
            self.diary.close_tasks(["answer_request", "follow_request"], by)
            imdi = self.c.world.imdi.organisation_id
            due = self.rules.make_offer(on)
            self.ask("make_offer", imdi, "accept_request", on, due, by, request.id)
            return
        text = "Har ikke bolig som er ledig i tide." if ask.answer == "other" else ""
        wanting = self.needs & set(_FOR_WANT.get(ask.answer, ()))
        unmet = self.choice.lack(organisation_id, wanting, Answered(on, by))
        is_for_now = ask.answer in _FOR_NOW and not unmet
        self._write_request(
            answered._replace(
                state="declined",
                decline_reason=ask.answer,
                answer_text=text,
                follows="not_this_need" if unmet else "not_this_week" if is_for_now else "not_until_reassessed",
                again_from_week=self.rules.asked_again_from(request.wanted_week, on) if is_for_now else "",
                unmet=unmet,
            )
        )
        self.advance("decline_request", "queued", on, by, organisation_id)
        self.diary.close_tasks(["answer_request", "follow_request"], by)
        self.look_for_municipality("decline_request", on, by)
        self._municipality_leaves(on, by, organisation_id)

    def _write_request(self, request: RequestRecord) -> None:
        self.c.batch[RequestRecord].append(request)
        self.request = None

    def _municipality_leaves(self, on: date, by: By, organisation_id: int) -> None:
        kinds = ("answer_request", "prepare_arrival")
        self.diary.close_tasks(kinds, by, outcome="void", organisation_id=organisation_id)
        for reason in ("asked_to_settle", "offered_here"):
            self.diary.end_needs(reason, on, by, organisation_id)

    # The offer

    def make_offer(self, on: date) -> None:
        """IMDi decides the municipality and makes the one offer."""
        request, c = self.request, self.c
        if request is None:
            return
        by = self.diary.act(c.world.imdi, on)
        self.offer = OfferRecord(
            id=c.keys.next("offer"),
            subject_id=c.group_id,
            case_id=request.case_id,
            request_id=request.id,
            organisation_id=request.organisation_id,
            week=str(Week.of(self.way.travels_on)),
            size=request.size,
            persons=tuple(subject for subject in c.subjects if subject != c.group_id),
            state="open",
            decided_on=on,
            decided_by_id=by.user_id,
            answered_on=None,
            answered_by_names="",
            consequences_shown=False,
            answer_language="",
        )
        self.advance("make_offer", "offered", on, by, request.organisation_id)
        self.diary.close_tasks(["make_offer"], by)
        self.diary.open_needs(c.subjects, request.organisation_id, "offered_here", on, by)
        self.diary.end_needs("asked_to_settle", on, by, request.organisation_id)
        centre, due = self.centre().organisation_id, self.rules.answer_offer(on)
        self.ask("register_offer_answer", centre, "make_offer", on, due, by, self.of().id)

    def answer_offer(self, on: date) -> None:
        """The centre registers the household's answer."""
        offer = self.offer
        if offer is None:
            return
        by = self.diary.act(self.centre(), on)
        is_accepted = self.way.is_accepted
        names = [p.name for p in self.c.household.persons if self.is_interviewed(p, on)]
        self.offer = offer._replace(
            state="accepted" if is_accepted else "declined",
            answered_on=on,
            answered_by_names=", ".join(names)[:200],
            consequences_shown=not is_accepted,
            guardian_name=self.c.guardian_name if self.is_unaccompanied_on(on) else "",
            answer_language=self.language(),
        )
        step, state = ("accept_offer", "accepted") if is_accepted else ("decline_offer", "refused")
        self.advance(step, state, on, by, offer.organisation_id)
        self.diary.close_tasks(["register_offer_answer"], by)
        if is_accepted:
            centre, due = self.centre().organisation_id, self.rules.arrange_journey(on)
            self.ask("arrange_journey", centre, "accept_offer", on, due, by, self.of().id)
        else:
            imdi = self.c.world.imdi.organisation_id
            self.ask("follow_refusal", imdi, "decline_offer", on, Due(None, ""), by, self.of().id)
            self.refused.open(offer, on, by)
