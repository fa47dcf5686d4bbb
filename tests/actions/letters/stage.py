"""Letters about a household that lives in the centre, written by UDI."""

from datetime import date
from typing import Any

from fotfeste.access.public import Compartment, NeedReason
from fotfeste.directory.public import NewUnit, Unit, UnitKind, add_unit, end_unit
from fotfeste.letters.public import Letter, write_letter
from fotfeste.platform.scope import scope
from tests.actions.directory.stage import administrator
from tests.actions.settlement.stage import queued
from tests.as_owner import need_given
from tests.conftest import Cast

GRANTED: dict[str, Any] = {
    "names": ["Olena Kovalenko", "Andrij Kovalenko"],
    "scheme": "amot",
    "municipality": "Levanger",
    "start_on": date(2024, 3, 20),
}


def household(cast: Cast) -> int:
    """A household that UDI has a case about and that wants to live in Levanger. Gives its subject."""
    subject_id = queued(cast)
    need_given(
        [subject_id],
        organisation_id=cast.municipality.organisation_id,
        reason=NeedReason.APPLIED_HERE,
        from_on=cast.day,
        at=cast.at,
    )
    return subject_id


def letter_to_people(cast: Cast, subject_id: int, kind: str = "granted", **changes: Any) -> Letter:
    """UDI writes to the people of a household."""
    facts = GRANTED | changes.pop("facts", {})
    with scope(cast.udi, cast.day):
        return write_letter(
            kind,
            subject_id=subject_id,
            to_organisation_id=None,
            facts=facts,
            by=cast.udi,
            at=cast.at,
            **{"language": "uk", "compartment": Compartment.HOUSING} | changes,
        )


def petition_told(cast: Cast, subject_id: int) -> Letter:
    """UDI tells one of them that the enforcement officer is asked to evict them."""
    facts = {
        "municipality": "Levanger",
        "centre": "Voss akuttinnkvartering",
        **dict.fromkeys(("sent_on", "first_letter_on", "imdi_deadline_on", "fortnight_on", "stops_on"), cast.day),
        "notice_on": cast.day,
        "offer": "stands",
        "lost": ["centre_place"],
    }
    return letter_to_people(
        cast,
        subject_id,
        "eviction_petition",
        facts=facts,
        language="nb",
        compartment=Compartment.REFUSAL,
        receiver=["Olena Kovalenko"],
    )


def request_to(cast: Cast, subject_id: int | None, organisation_id: int | None = None, **changes: Any) -> Letter:
    """UDI asks a municipality (Levanger) whether it takes them on."""
    facts = {
        "persons": [{"name": "Olena Kovalenko", "born_on": date(1986, 5, 3), "duf": "202412345678"}],
        "scheme": "amot",
        "municipality": "Levanger",
        "host": "Kari Nordmann",
        "address": "Storgata 1, 7600 Levanger",
        "answer_by_on": date(2024, 4, 4),
        "application_reference": "8c2k9v0a1b2d",
    }
    with scope(cast.udi, cast.day):
        return write_letter(
            "request_to_municipality",
            subject_id=subject_id,
            to_organisation_id=organisation_id or cast.municipality.organisation_id,
            facts=facts,
            by=cast.udi,
            at=cast.at,
            **{"language": "nb", "compartment": Compartment.HOUSING} | changes,
        )


def without_units(cast: Cast) -> None:
    """Levanger has units, and none of them is for such letters."""
    by = administrator(cast)
    with scope(by, cast.day):
        for kind in (UnitKind.NAV, UnitKind.HOUSING_OFFICE):
            add_unit(by.organisation_id, kind, NewUnit(name=str(kind)), cast.day, by=by, at=cast.at)
        service = Unit.objects.get(organisation_id=by.organisation_id, kind=UnitKind.REFUGEE_SERVICE)
        end_unit(service.reference, cast.day, by=by, at=cast.at)


def grant_letter(cast: Cast, subject_id: int) -> Letter:
    """UDI writes to Levanger what it is paid for them."""
    lines = [{"name": "Olena Kovalenko", "of_month": date(2024, 2, 1), "cause": "due", "amount_ore": 1610500}]
    facts = {
        "municipality": "Levanger",
        "scheme": "amot",
        "first_month": date(2024, 1, 1),
        "last_month": date(2024, 2, 1),
        "amount_ore": 1610500,
        "lines": lines,
    }
    with scope(cast.udi, cast.day):
        return write_letter(
            "grant_letter",
            subject_id=subject_id,
            to_organisation_id=cast.municipality.organisation_id,
            language="nb",
            facts=facts,
            compartment=Compartment.MONEY,
            by=cast.udi,
            at=cast.at,
        )
