"""The kinds of tasks of a municipality for those who live there privately."""

from django.utils.translation import gettext

from fotfeste.directory.public import ContactTopic
from fotfeste.worklist.public import TaskKind

CHECK_HOUSING = "check_housing"
NAME_CONTACT_PERSON = "name_contact_person"
CONTACT_HOUSEHOLD = "contact_household"
WRITE_YEARLY_REPORT = "write_yearly_report"
WHILE_THERE = (CHECK_HOUSING, NAME_CONTACT_PERSON, CONTACT_HOUSEHOLD)

LOCAL_KINDS: tuple[TaskKind, ...] = (
    TaskKind(CHECK_HOUSING, lambda: gettext("Sjekk boligen"), "check_housing", ContactTopic.ARRIVAL),
    TaskKind(NAME_CONTACT_PERSON, lambda: gettext("Gi husstanden en kontaktperson"), "name_contact_person"),
    TaskKind(CONTACT_HOUSEHOLD, lambda: gettext("Ta kontakt med husstanden"), "log_contact"),
    TaskKind(WRITE_YEARLY_REPORT, lambda: gettext("Skriv årsrapport til UDI"), "yearly_report"),
)
