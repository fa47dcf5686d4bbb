"""The words of access: roles, what happens to users, and what has happened."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fotfeste.access.domain.types import EmergencyCause, Role
from fotfeste.access.staff import Change
from fotfeste.directory.public import User
from fotfeste.platform import words

ROLES: Mapping[Role, Promise] = {
    Role.REGISTRAR: _("registrerer ankomne"),
    Role.CENTRE_STAFF: _("bosettingsansvarlig"),
    Role.CENTRE_ADMINISTRATOR: _("administrator på mottaket"),
    Role.UDI_CASEWORKER: _("saksbehandler i UDI"),
    Role.GRANT_APPROVER: _("godkjenner tilskudd"),
    Role.IMDI_CASEWORKER: _("saksbehandler i IMDi"),
    Role.REFUGEE_SERVICE: _("flyktningtjenesten"),
    Role.MUNICIPALITY_ADMINISTRATOR: _("administrator i kommunen"),
    Role.USER_ADMINISTRATOR: _("brukeradministrator"),
    Role.DIRECTORY_KEEPER: _("ansvarlig for kontaktkatalogen"),
}
EVENT_WORDS: Mapping[str, str | Promise] = {
    "access.user_added": _("En bruker er lagt til"),
    "access.role_given": _("En bruker har fått en rolle"),
    "access.role_ended": _("En rolle er avsluttet"),
    "access.employment_ended": _("En ansettelse er avsluttet"),
    "access.look_reviewed": _("Et uvanlig innsyn er gjennomgått"),
    "access.emergency_opened": _("Nødinnsyn er åpnet"),
    "access.emergency_missed": _("Nødinnsyn ble forsøkt, og ingen ble funnet"),
}
EMERGENCY_CAUSES: Mapping[EmergencyCause, Promise] = {
    EmergencyCause.LIFE: _("fare for liv eller helse"),
    EmergencyCause.CHILD: _("fare for et barn"),
    EmergencyCause.FIRE: _("brann, evakuering eller lignende"),
    EmergencyCause.OTHER: _("noe annet"),
}
_CHANGES: Mapping[str, str | Promise] = {
    "employment_begins": _("Lagt til som bruker, ansatt fra {day}"),
    "employment_ends": _("Ansettelsen avsluttet, første dag uten er {day}"),
    "employment_taken_back": _("Ansettelsen tatt tilbake før den begynte {day}"),
    "role_begins": _("Fikk rollen {role} fra {day}"),
    "role_ends": _("Rollen {role} avsluttet, første dag uten er {day}"),
    "role_taken_back": _("Rollen {role} tatt tilbake før den begynte {day}"),
}


def role_name(role: Role) -> str:
    """What a role is called."""
    return str(ROLES[role])


def change_words(change: Change) -> str:
    """What has happened to a user, with the role and the day."""
    role = role_name(change.role) if change.role else ""
    return str(_CHANGES[change.what]).format(day=words.day(change.on), role=role)


def listed(names: list[str]) -> str:
    """`Kari`, `Kari eller Ola`, `Kari, Ola eller Per`."""
    if len(names) <= 1:
        return "".join(names)
    return gettext("%(first)s eller %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def who_gives_case_roles(others: Sequence[User]) -> str:
    """Whose move it is where an administrator would need a case role for themselves."""
    if not others:
        return gettext(
            "Du er den eneste som gir roller her. Roller som gir innsyn i saker, kan du ikke gi deg selv: gi først "
            "en kollega administratorrollen, så kan kollegaen gi deg rollen."
        )
    names = listed([user.name for user in others])
    return gettext("Roller som gir innsyn i saker, kan du ikke gi deg selv. %(names)s kan gi deg dem.") % {
        "names": names
    }
