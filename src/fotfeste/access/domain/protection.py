"""Protected addresses (adressesperre): who sees a protected household, and who names whom. Facts in, decisions out.

Outside those who are named a protected household is not there, whatever the level. The levels differ in who names: at
`confidential` each organisation's administrator names own staff, without seeing who it is; at `strictly_confidential`
only a UDI case worker who is named does, person by person, and a few in each organisation. In UDI itself the
administrator names where nobody is. Source: REG-08; the levels are those of the population register (kode 6 and 7), how
they are done inside an organisation is ours.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from fotfeste.access.domain.types import ProtectionLevel
from fotfeste.directory.domain.types import OrganisationKind
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.periods import Period

NAMING = RuleRef("access.name_follower", "1", "REG-08", "demo")
UNNAMING = RuleRef("access.unname_follower", "1", "REG-08", "demo")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is named to follow a protected household up in their organisation, for a period."""

    user_id: int
    organisation_id: int
    period: Period


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may become one of them. `works_on_cases`: is employed, in a role that opens a household."""

    user_id: int
    organisation_id: int
    organisation_kind: OrganisationKind
    works_on_cases: bool


@dataclass(frozen=True, slots=True)
class Namer:
    """Whoever wants to name. `is_named`: follows the household up; `gives_roles`: is an administrator of their own."""

    user_id: int
    organisation_id: int
    organisation_kind: OrganisationKind
    is_named: bool
    gives_roles: bool


def names_there(level: ProtectionLevel, organisation_id: int, organisation_kind: OrganisationKind, by: Namer) -> bool:
    """Whether it is for `by` to name somebody in an organisation."""
    is_administrator = by.gives_roles and by.organisation_id == organisation_id
    if level is ProtectionLevel.CONFIDENTIAL:
        return is_administrator
    if by.organisation_kind is OrganisationKind.UDI and by.is_named:
        return True
    return is_administrator and organisation_kind is OrganisationKind.UDI


def may_name(
    who: Candidate,
    *,
    level: ProtectionLevel,
    by: Namer,
    with_need: Collection[int],
    named_now: Iterable[Named],
    most: int,
) -> Decision:
    """Whether `by` may name somebody. `with_need`: organisations that have a need to know of the household today.

    `most`: how many an organisation may have at the stricter level.
    """
    against: list[Reason] = []
    here = [each for each in named_now if each.organisation_id == who.organisation_id]
    if not names_there(level, who.organisation_id, who.organisation_kind, by):
        against.append(Reason("not_yours_to_name"))
    if who.user_id == by.user_id:
        against.append(Reason("named_by_oneself"))
    if who.organisation_id not in with_need:
        against.append(Reason("named_without_need"))
    if not who.works_on_cases:
        against.append(Reason("named_without_role"))
    if any(each.user_id == who.user_id for each in here):
        against.append(Reason("named_already"))
    if level is ProtectionLevel.STRICTLY_CONFIDENTIAL and len(here) >= most:
        against.append(Reason("enough_are_named", {"most": most}))
    inputs = {"level": level, "who": who.user_id, "by": by.user_id}
    return Decision.no(NAMING, *against, inputs=inputs) if against else Decision.yes(NAMING, inputs=inputs)


def may_unname(
    who: Named,
    organisation_kind: OrganisationKind,
    *,
    level: ProtectionLevel,
    by: Namer,
    with_need: Collection[int],
    others: Iterable[Named],
) -> Decision:
    """Whether somebody may be taken out of the group; the last one not, as long as the organisation has a need."""
    against: list[Reason] = []
    if not names_there(level, who.organisation_id, organisation_kind, by):
        against.append(Reason("not_yours_to_name"))
    if who.organisation_id in with_need and all(each.organisation_id != who.organisation_id for each in others):
        against.append(Reason("last_named"))
    inputs = {"level": level, "who": who.user_id, "by": by.user_id}
    return Decision.no(UNNAMING, *against, inputs=inputs) if against else Decision.yes(UNNAMING, inputs=inputs)
