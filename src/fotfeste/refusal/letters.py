"""The letters of a refusal, as they are written when they are sent: each adult's own, in a language of theirs.

They lie in a compartment of their own: UDI, the centre and IMDi read them, no municipality does (ADR 0053).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fotfeste.access.public import Compartment
from fotfeste.accommodation.public import everyone_of
from fotfeste.directory.public import Organisation
from fotfeste.kernel.ages import is_adult
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.letters import public as letters
from fotfeste.letters.public import LetterKind, language_of_municipality, language_to_people
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.plan import Plan
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.models import Refusal, Ruling
from fotfeste.refusal.queries.rulings import ruling_on
from fotfeste.registry.public import Member, guardians_of, members_of
from fotfeste.settlement.public import Training, follows_from_no

_KINDS: Mapping[Happening, LetterKind] = {
    Happening.FIRST_LETTER: LetterKind.REFUSAL_FIRST,
    Happening.EVICTION_NOTICE: LetterKind.EVICTION_NOTICE,
    Happening.PETITION: LetterKind.EVICTION_PETITION,
}
_READERS: Mapping[Happening, str] = {
    Happening.GUARDIAN_TOLD: "guardian",
    Happening.CHILD_WELFARE_TOLD: "child_welfare",
}
_OFFICER, _CHILD_WELFARE, _GUARDIAN = "Namsmannen", "Barneverntjenesten", "Verge for"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the letters of a refusal are made of on a day: who there is, where, and how the case stands."""

    refusal: Refusal
    plan: Plan
    today: date
    household: Mapping[int, Member]
    centre_of: Mapping[int, Organisation]

    @property
    def members(self) -> Mapping[int, Member]:
        """Those of the household whom the case is or was about."""
        return {key: member for key, member in self.household.items() if key in self.refusal.persons}

    def grown_ups_at(self, centre: Organisation) -> list[int]:
        """The adults of the household who live at a centre, whatever they have answered."""
        return [
            key
            for key, each in self.household.items()
            if self.centre_of.get(key) == centre and is_adult(each.birth_date, self.today)
        ]

    def member(self, person: int) -> Member:
        """One of them. Raises Refused for whoever the case is not about any more."""
        if person not in self.members:
            raise Refused("not_in_refusal", "residents")
        return self.members[person]

    def centre(self, person: int) -> Organisation:
        """The centre where they stay. Raises Refused for who stays at none."""
        if person not in self.centre_of:
            raise Refused("not_in_refusal", "residents")
        return self.centre_of[person]

    def still_there(self) -> list[Member]:
        """Those whom the case is still about."""
        return [each for key, each in self.members.items() if str(key) in self.plan.in_process]

    def sent_on(self, kind: Happening, person: int) -> date | None:
        """When they got a letter."""
        found = (each for each in self.plan.letters if each.letter is kind and each.resident == str(person))
        return next((each.sent_on for each in found), None)

    def dates(self, person: int) -> dict[str, date | None]:
        """The days that are theirs: four that are not the same, and when the earlier letters were sent."""
        deadline, name = self.plan.imdi_deadline, str(person)
        fortnight, stop = dict(self.plan.fortnights).get(name), dict(self.plan.benefit_stops).get(name)
        return {
            "imdi_deadline_on": deadline.runs_out_on if deadline else None,
            "fortnight_on": fortnight.runs_out_on if fortnight else None,
            "stops_on": stop.start if stop else None,
            "first_letter_on": self.sent_on(Happening.FIRST_LETTER, person),
            "notice_on": self.sent_on(Happening.EVICTION_NOTICE, person),
        }


def write_letter(kind: Happening, refusal: Refusal, resident_id: int, *, plan: Plan, by: Viewer, at: datetime) -> None:
    """Write the letter of a kind to a resident, in the act that sends it.

    `plan` is the case as it stands once it is sent: their 14 days, from when the benefit stops, IMDi's deadline. What
    they lose and keep is told by the ruling in force, and by the ages of the children who are still there.
    Raises Refused `no_letter_to_a_child`, `ruling_missing`, `not_in_refusal`; as `letters.write_letter`.
    """
    known = _known(refusal, plan, legal_day(at))
    member, ruling = known.member(resident_id), ruling_on(known.today)
    if not is_adult(member.birth_date, known.today):
        raise Refused("no_letter_to_a_child", "residents")
    if ruling is None:
        raise Refused("ruling_missing")
    facts = {
        "municipality": refusal.organisation.name,
        "centre": known.centre(resident_id).name,
        "opened": refusal.cause,
        "sent_on": known.today,
        "offer": "stands" if plan.offer_stands else "withdrawn",
        **known.dates(resident_id),
        **_follows(known, ruling),
    }
    language = language_to_people(member.languages)
    _send(_KINDS[kind], refusal, [member.name], [resident_id], language, facts, by=by, at=at)


def write_petition(refusal: Refusal, residents: Collection[int], *, plan: Plan, by: Viewer, at: datetime) -> None:
    """Write the petition itself to the enforcement officer: one for each centre, naming the adults who live there.

    Raises as `write_letter`.
    """
    known = _known(refusal, plan, legal_day(at))
    for centre in {known.centre(each).pk: known.centre(each) for each in sorted(residents)}.values():
        named = [each for each in sorted(residents) if known.centre(each) == centre]
        there = [each for each in known.still_there() if known.centre_of.get(each.subject_id) == centre]
        children = [each for each in there if not is_adult(each.birth_date, known.today)]
        facts = {
            **_place(refusal, centre, known),
            "address": address_of(centre),
            "offer": "stands" if plan.offer_stands else "withdrawn",
            "adults": [
                {"name": known.member(each).name, "born_on": known.member(each).birth_date, **known.dates(each)}
                for each in named
            ],
            "children": "yes" if any(not each.is_unaccompanied_minor for each in children) else "",
            "minors": "yes" if any(each.is_unaccompanied_minor for each in children) else "",
        }
        to = [_OFFICER, *_municipality(centre)]
        _send(LetterKind.PETITION, refusal, to, named, _written_form(centre), facts, by=by, at=at)


def write_of_minor(
    kind: Happening, refusal: Refusal, resident_id: int, *, plan: Plan, by: Viewer, at: datetime
) -> None:
    """Write to the guardian or the child welfare service of a child, by what it is that happens; else nothing.

    Raises Refused `not_in_refusal`; as `letters.write_letter`.
    """
    if kind not in _READERS:
        return
    known = _known(refusal, plan, legal_day(at))
    member, centre = known.member(resident_id), known.centre(resident_id)
    facts = {
        **_place(refusal, centre, known),
        "name": member.name,
        "born_on": member.birth_date,
        "reader": _READERS[kind],
        "adults": "present" if known.grown_ups_at(centre) else "gone",
        "came": "alone" if member.is_unaccompanied_minor else "with_adults",
    }
    guardian = guardians_of([resident_id]).get(resident_id)
    to = [_CHILD_WELFARE, *_municipality(centre)]
    if kind is Happening.GUARDIAN_TOLD:
        to = [guardian.name] if guardian and guardian.name else [f"{_GUARDIAN} {member.name}"]
    _send(LetterKind.MINOR_TOLD, refusal, to, [resident_id], _written_form(centre), facts, by=by, at=at)


def _known(refusal: Refusal, plan: Plan, today: date) -> _Known:
    members = {each.subject_id: each for each in members_of(refusal.subject_id, today)}
    stays = {each.subject_id: each.centre_id for each in everyone_of(refusal.subject_id, today) if each.centre_id}
    centres = Organisation.objects.select_related("municipality").in_bulk(set(stays.values()))
    return _Known(
        refusal=refusal,
        plan=plan,
        today=today,
        household=members,
        centre_of={key: centres[centre] for key, centre in stays.items() if centre is not None},
    )


def _follows(known: _Known, ruling: Ruling) -> dict[str, Any]:
    born = [each.birth_date for each in known.still_there()]
    follows = follows_from_no(born, known.today, training=Training(ruling.answer))
    return {"lost": follows.lost, "kept": follows.kept, "ruling": ruling.pk}


def _place(refusal: Refusal, centre: Organisation, known: _Known) -> dict[str, Any]:
    deadline = known.plan.imdi_deadline
    return {
        "centre": centre.name,
        "municipality": refusal.organisation.name,
        "imdi_deadline_on": deadline.runs_out_on if deadline else None,
    }


def address_of(centre: Organisation) -> str:
    """A centre and its municipality, as the enforcement officer reads where somebody lives."""
    return ", ".join([centre.name, *_municipality(centre)])


def _municipality(centre: Organisation) -> list[str]:
    return [centre.municipality.name] if centre.municipality else []


def _written_form(centre: Organisation) -> str:
    return language_of_municipality(centre.municipality.written_form if centre.municipality else "")


def _send(
    kind: LetterKind,
    refusal: Refusal,
    receiver: list[str],
    about: list[int],
    language: str,
    facts: Mapping[str, Any],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    letter = letters.write_letter(
        kind,
        subject_id=refusal.subject_id,
        to_organisation_id=None,
        language=language,
        facts=facts,
        compartment=Compartment.REFUSAL,
        receiver=receiver,
        also_about=about,
        by=by,
        at=at,
    )
    letters.send_letter(letter.reference, by=by, at=at)
