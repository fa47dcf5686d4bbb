"""What the household's page says of a protected address (adressesperre): that it is, who is named, what one can do."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import PROTECT, Compartment, ProtectionLevel, names_there
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct
from fotfeste.registry.actions.protection import END_PROTECTION
from fotfeste.registry.queries.protection import named_for, namer_of
from fotfeste.registry.words import PROTECTIONS

# Before the people: whoever sees the page must know first how carefully to speak of it.
_ORDER = 15


def protection_in_words(protection: object) -> str:
    """`Adressesperre: strengt fortrolig`; nothing where the address is not protected."""
    if not isinstance(protection, dict):
        return ""
    return _("Adressesperre: %(level)s") % {"level": PROTECTIONS[ProtectionLevel(protection["level"])]}


def protection_panels(context: HouseholdContext) -> list[Panel]:
    """Who follows the household up: names of one's own organisation, numbers of others. Three queries, or none."""
    if context.protection is None:
        return []
    level = ProtectionLevel(context.protection["level"])
    named = named_for(context.subject_id)
    namer = namer_of(context.viewer, named)
    may_name = any(names_there(level, each.organisation_id, each.organisation_kind, namer) for each in named)
    panel = Panel(
        code="protection",
        title=_("Adressesperre"),
        template="registry/protection_panel.html",
        context={
            "level": PROTECTIONS[level],
            "is_strict": level is ProtectionLevel.STRICTLY_CONFIDENTIAL,
            "since_on": date.fromisoformat(context.protection["since"]),
            "named": [
                {
                    "who": each.organisation_name,
                    "names": [user.name for user, _since in each.people],
                    "count": each.count,
                    "is_missing": each.has_need and not each.count,
                }
                for each in named
            ],
            "name_url": reverse("name_follower", args=[context.reference]) if may_name else "",
        },
        order=_ORDER,
        shows=frozenset({Compartment.IDENTITY}),
    )
    return [panel]


def protection_acts(context: HouseholdContext) -> list[PossibleAct]:
    """Protect, change the level, end."""
    found = []
    if context.viewer.may(PROTECT) and context.person_ids:
        label = _("Beskytt adressen") if context.protection is None else _("Endre adressesperren")
        found.append(PossibleAct(label, reverse("protect_household", args=[context.reference])))
    if context.protection is not None and context.viewer.may(END_PROTECTION):
        found.append(PossibleAct(_("Opphev adressesperren"), reverse("end_protection", args=[context.reference])))
    return found
