"""The page where a status that was registered by mistake is taken back, or dated anew."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fotfeste.platform.words import capital
from fotfeste.platform.words import day as day_in_words
from fotfeste.registry.actions.taking_back import annul_status
from fotfeste.registry.domain.rules import is_taken_back_by_hand
from fotfeste.registry.domain.types import Status
from fotfeste.registry.forms.household import AnnulStatusForm
from fotfeste.registry.views.household import HouseholdAct
from fotfeste.registry.words import STATUSES


class AnnulStatusView(HouseholdAct):
    """What is wrong, with whom, why, and from which day it is right."""

    form_class = AnnulStatusForm
    permission = "registry.register_status"

    @cached_property
    def statuses(self) -> dict[str, tuple[Status, list[str]]]:
        """What the viewer may take back and the names of those who have it, the last first; by its code in the form."""
        found: dict[str, tuple[Status, list[str]]] = {}
        decides = self.viewer.may("registry.register_permit")
        for member in self.members:
            for status in member.statuses:
                if not is_taken_back_by_hand(status.kind, decides=decides):
                    continue
                names = found.setdefault(_code(status), (status, []))[1]
                names.append(member.given_name or member.family_name)
        return dict(sorted(found.items(), key=lambda each: each[1][0].holds_on, reverse=True))

    def too_late(self) -> Sequence[str]:
        """There must be something that can be taken back."""
        reasons = super().too_late()
        if reasons or self.statuses:
            return reasons
        return (_("Ingen i husstanden har en status som dere kan ta tilbake."),)

    def form_arguments(self) -> dict[str, Any]:
        """The statuses in words, and the members."""
        words = [
            (
                code,
                _("%(status)s fra %(day)s: %(names)s")
                % {
                    "status": capital(STATUSES[status.kind]),
                    "day": day_in_words(status.holds_on),
                    "names": ", ".join(names),
                },
            )
            for code, (status, names) in self.statuses.items()
        ]
        return {"statuses": words, "members": self.members}

    def initial(self) -> dict[str, Any]:
        """The person whose link was followed, and what they have now."""
        wanted = self.request.GET.get("person", "")
        member = next((each for each in self.members if each.reference == wanted), None)
        if member is None or member.current_status is None or member.status_on is None:
            return super().initial()
        status = _code(Status(member.current_status, member.status_on))
        return super().initial() | {"person_ids": [member.reference], "status": status}

    def context(self) -> dict[str, Any]:
        """What the page is called and what follows."""
        return super().context() | {
            "title": _("Ta tilbake eller rett en status"),
            "intro": _(
                "Bare når noe er registrert feil. Har noe endret seg siden, registrerer du i stedet en ny status."
            ),
            "submit_label": _("Ta tilbake eller rett"),
            "is_severe": True,
            "consequences": [
                _("Det som sto, blir ikke borte. Det lagres at det var feil, hvorfor, og hvem som tok det tilbake."),
                _("Ventetiden til husstanden telles på nytt fra den første tillatelsen som står igjen."),
                _(
                    "Står det ingen tillatelse igjen, avsluttes bosettingssaken. "
                    "Er en kommune spurt, avgjør IMDi hva som skjer."
                ),
                _("Er det en annen tillatelse som gjelder, registrer den først. Da fortsetter saken der den står."),
                _("Tar du tilbake et avslag, gjelder tillatelsen de hadde før."),
            ],
        }

    def do(self, form: Any) -> tuple[str, str]:
        """Take it back, or date it anew."""
        typed = form.cleaned_data
        status, _names = self.statuses[typed["status"]]
        annul_status(
            self.group_id,
            self.ids_of(typed["person_ids"]),
            status.kind,
            status.holds_on,
            reason=typed["reason"],
            text=typed["text"],
            right_on=typed["right_on"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        said = {"status": capital(STATUSES[status.kind]), "day": day_in_words(status.holds_on)}
        if typed["right_on"]:
            said["right"] = day_in_words(typed["right_on"])
            return self.back_url, _("%(status)s gjelder nå fra %(right)s, ikke fra %(day)s.") % said
        return self.back_url, _("%(status)s fra %(day)s er tatt tilbake.") % said


def _code(status: Status) -> str:
    day: date = status.holds_on
    return f"{status.kind}:{day.isoformat()}"
