"""What the registry supplies to the household page: the people, their statuses over time, what one can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct, TimelineEntry
from fotfeste.platform.words import capital
from fotfeste.platform.words import day as day_in_words
from fotfeste.registry.domain.membership import ACTING
from fotfeste.registry.domain.parameters import book
from fotfeste.registry.domain.reg_nr import RegisteredNumber, has_one_reg_nr
from fotfeste.registry.domain.registration import number_warnings
from fotfeste.registry.domain.rules import is_taken_back_by_hand, unaccompanied_among
from fotfeste.registry.domain.types import Member, RelationKind, StatusKind
from fotfeste.registry.models import OutsideContact
from fotfeste.registry.protection_panel import protection_acts, protection_panels
from fotfeste.registry.queries.relations import Around, Tie, around
from fotfeste.registry.words import (
    INVERSE_RELATIONS,
    NUMBER_WARNINGS,
    NUMBERS,
    RELATIONS,
    SEXES,
    STATUS_TONES,
    STATUSES,
    reg_nr_notice,
)

ORDER = 10


@dataclass(frozen=True, slots=True)
class NumberShown:
    """A number with what it is called, and a short warning where somebody should look at it again."""

    label: str
    value: str
    warning: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line of the panel: one person."""

    member: Member
    sex: str
    status: str
    tone: str
    numbers: tuple[NumberShown, ...]
    ties: tuple[str, ...]
    contacts: tuple[str, ...]
    correct_url: str
    annul_url: str
    is_alone: bool  # an unaccompanied minor today


def household_panels(context: HouseholdContext) -> list[Panel]:
    """The people of the household: who they are, how they stand to each other, what to look at. One query, and
    more where the address is protected."""
    members: Sequence[Member] = context.members
    them, alone = around(context.person_ids, context.viewer, context.day), unaccompanied_among(members, context.day)
    has_proposals = them.is_doubted and context.viewer.may("registry.answer_duplicate")
    correctable = them.acted_for if context.viewer.may("registry.correct_details") else frozenset()
    panel = Panel(
        code="people",
        title=_("Mennesker"),
        template="registry/people_panel.html",
        context={
            "lines": [
                _line(context, member, them, is_alone=member.subject_id in alone, correctable=correctable)
                for member in members
            ],
            "notices": [*_reg_nr_notices_for(context), *_guardian_notices(context, them.contacts)],
            "day": context.day,
            "duplicates_url": reverse("household_duplicates", args=[context.reference]) if has_proposals else "",
        },
        order=ORDER,
        shows=frozenset({Compartment.IDENTITY, Compartment.GUARDIAN}),
    )
    return [*protection_panels(context), panel]


def household_lead(context: HouseholdContext) -> list[str]:
    """What each has now and since when, those who have the same together, with names where it is not everyone."""
    members: Sequence[Member] = context.members
    together: dict[tuple[StatusKind, date], list[Member]] = {}
    for member in members:
        if member.current_status and member.status_on:
            together.setdefault((member.current_status, member.status_on), []).append(member)
    return [
        _of_whom(f"{STATUSES[kind]} {day_in_words(holds_on)}", who, members)
        for (kind, holds_on), who in together.items()
    ]


def reg_nr_notices(members: Sequence[Member]) -> list[str]:
    """What is wrong with the household's Reg.nr., one sentence for each desk to contact (REG-10)."""
    decision = has_one_reg_nr(
        [
            RegisteredNumber(
                member.given_name or member.family_name,
                member.identifiers.get(IdentifierKind.REG_NR, ""),
                member.registered_on,
            )
            for member in members
        ],
        book(),
    )
    names: dict[tuple[str, str], list[str]] = {}
    for reason in decision.reasons:
        name = str(reason.fields.get("name", ""))
        names.setdefault((reason.code, str(reason.fields["desk"])), []).append(name)
    return [reg_nr_notice(code, ", ".join(who), desk) for (code, desk), who in names.items()]


def _guardian_notices(context: HouseholdContext, contacts: Sequence[OutsideContact]) -> list[str]:
    """Unaccompanied minors without a guardian that anybody has told us of."""
    members: Sequence[Member] = context.members
    alone = unaccompanied_among(members, context.day)
    guarded = {each.subject_id for each in contacts if each.kind == RelationKind.GUARDIAN}
    return [
        _("Verge er ikke registrert for %(name)s. Enslige mindreårige skal ha verge.") % {"name": member.name}
        for member in members
        if member.subject_id in alone and member.subject_id not in guarded
    ]


def _reg_nr_notices_for(context: HouseholdContext) -> list[str]:
    """A municipality cannot have a Reg.nr. corrected, and is not asked to."""
    return [] if context.viewer.organisation_kind == "municipality" else reg_nr_notices(context.members)


def household_timeline(context: HouseholdContext) -> list[TimelineEntry]:
    """Every dated status as a point; what several got on one day from one organisation is one entry. No query."""
    members: Sequence[Member] = context.members
    together: dict[tuple[StatusKind, date, str, date | None], list[Member]] = {}
    for member in members:
        for status in member.statuses:
            key = (status.kind, status.holds_on, status.reported_by, status.known_on)
            together.setdefault(key, []).append(member)
    return [
        TimelineEntry(
            lane=_("Status"),
            label=_of_whom(str(STATUSES[kind]), who, members),
            start_on=holds_on,
            is_point=True,
            source=reported_by,
            known_on=known_on,
        )
        for (kind, holds_on, reported_by, known_on), who in together.items()
    ]


def household_acts(context: HouseholdContext) -> list[PossibleAct]:
    """What the viewer may do with the people of the household."""
    if not context.reasons & ACTING:
        return []
    is_several = len(context.person_ids) > 1
    known = (
        (_("Registrer status"), "register_status", "registry.register_status", True),
        (_("Legg til medlemmer"), "add_member", "registry.add_member", True),
        (_("Registrer en ny person i husstanden"), "register_member", "registry.register_persons", True),
        (_("Ta noen ut av plasseringsgruppen"), "remove_member", "registry.remove_member", is_several),
        (_("Slektskap og følge"), "register_relation", "registry.correct_details", is_several),
    )
    acts = [
        PossibleAct(label, reverse(name, args=[context.reference]))
        for label, name, permission, is_possible in known
        if is_possible and context.person_ids and context.viewer.may(permission)
    ]
    return acts + protection_acts(context)


def _line(
    context: HouseholdContext, member: Member, them: Around, *, is_alone: bool, correctable: frozenset[int]
) -> PersonLine:
    return PersonLine(
        member=member,
        sex=str(SEXES[member.sex]),
        status=str(STATUSES[member.current_status]) if member.current_status else "",
        tone=STATUS_TONES[member.current_status] if member.current_status else "neutral",
        numbers=tuple(
            NumberShown(
                str(NUMBERS[kind]),
                value,
                _number_warning(member, kind, value, context.day),
            )
            for kind, value in member.identifiers.items()
        ),
        ties=tuple(_ties_in_words(context, member.subject_id, them.ties)),
        is_alone=is_alone,
        contacts=tuple(
            ", ".join(part for part in (f"{_contact_kind(each)}: {each.name}", each.phone, each.email) if part)
            for each in them.contacts
            if each.subject_id == member.subject_id
        ),
        correct_url=reverse("correct_details", args=[context.reference, member.reference])
        if member.subject_id in correctable
        else "",
        annul_url=_annul_url(context, member) if member.subject_id in correctable else "",
    )


def _annul_url(context: HouseholdContext, member: Member) -> str:
    """Where a status that is wrong is taken back, for who may take back any of the person's."""
    decides = context.viewer.may("registry.register_permit")
    own = [each for each in member.statuses if is_taken_back_by_hand(each.kind, decides=decides)]
    if not own or not context.viewer.may("registry.register_status"):
        return ""
    return f"{reverse('annul_status', args=[context.reference])}?person={member.reference}"


def _number_warning(member: Member, kind: IdentifierKind, value: str, day: date) -> str:
    codes = number_warnings(kind, value, day, birth_date=member.birth_date, sex=member.sex)
    return " ".join(str(NUMBER_WARNINGS[code]) for code in codes)


def _ties_in_words(context: HouseholdContext, person_id: int, ties: Sequence[Tie]) -> list[str]:
    """How one stands to the others; those to whom one stands alike are named together."""
    names = context.names
    found: dict[str, list[str]] = {}
    for tie in ties:
        if tie.first_id == person_id and tie.second_id in names:
            found.setdefault(str(RELATIONS[tie.kind]), []).append(names[tie.second_id])
        elif tie.second_id == person_id and tie.first_id in names:
            found.setdefault(str(INVERSE_RELATIONS[tie.kind]), []).append(names[tie.first_id])
    return [f"{words} {', '.join(others)}" for words, others in found.items()]


def _contact_kind(contact: OutsideContact) -> str:
    if contact.kind == "guardian":
        return _("Verge eller representant")
    if contact.kind == "private_host":
        return _("Privat vert")
    return _("Kontakt")


def _of_whom(words: str, who: Sequence[Member], everyone: Sequence[Member]) -> str:
    sentence = capital(words)
    if len(who) == len(everyone):
        return sentence
    return f"{sentence}: {', '.join(member.given_name or member.family_name for member in who)}"
