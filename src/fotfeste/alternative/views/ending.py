"""An agreement ends: for which cause, from which day, and what follows, shown before it is saved."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.public import PREVIEW, EndOn, MoneyFirstView, Proposal
from fotfeste.alternative.actions.living import end_agreement, send_end_letter
from fotfeste.alternative.domain.types import EndCause
from fotfeste.alternative.forms.applications import SureForm
from fotfeste.alternative.forms.ending import EndForm
from fotfeste.alternative.models import Agreement
from fotfeste.alternative.queries.applications import open_agreements
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import ActOnHousehold


class EndAgreementView(MoneyFirstView):
    """UDI, or the municipality for what it knows, ends it. First what follows is shown, then it is saved."""

    permission = "accommodation.end_private_stay"
    shows = MoneyFirstView.shows | {Compartment.HOUSING, Compartment.STAYS}
    form_class = EndForm
    is_shown_late = False

    def compartments_shown(self) -> frozenset[str]:
        """Their stays only where what the day changes is shown."""
        return self.shows if PREVIEW in self.request.POST else self.shows - {Compartment.STAYS}

    @cached_property
    def agreement(self) -> Agreement | None:
        """The agreement that the household lives by now, the viewer's own for a municipality."""
        return next(iter(open_agreements(self.viewer, self.group_id, self.day)), None)

    def too_late(self) -> Sequence[str]:
        """Where there is no agreement there is none to end."""
        return () if self.agreement else (sentence_for(Refused("no_agreement_there")),)

    def form_arguments(self) -> dict[str, Any]:
        """The causes that are the viewer's to register."""
        return {"is_udi": self.viewer.organisation_kind == OrganisationKind.UDI, "day": self.day}

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"on": self.day}

    def context(self) -> dict[str, Any]:
        """What follows."""
        place = self.agreement.municipality.name if self.agreement else ""
        return super().context() | {
            "title": _("Avslutt avtalen om %(name)s") % {"name": self.name_within},
            "submit_label": _("Avslutt avtalen"),
            "is_severe": True,
            "consequences": [
                _("De bor ikke lenger i %(place)s med støtte fra denne dagen. Dagen selv regnes ikke med.")
                % {"place": place},
                _("De får et brev om hvorfor, på sitt eget språk. Det kan ikke klages på."),
                _("Det betyr ikke at de må flytte. De kan fortsatt bli bosatt, og de kan be om plass på et mottak."),
            ],
        }

    def proposed(self, form: EndForm) -> tuple[Sequence[int], Proposal]:
        """All of them live there no more."""
        return [member.subject_id for member in self.members], EndOn(form.cleaned_data["on"])

    def do(self, form: EndForm) -> tuple[str, str]:
        """End it."""
        typed = form.cleaned_data
        assert self.agreement is not None
        end_agreement(
            self.group_id,
            self.agreement.municipality_id,
            EndCause(typed["cause"]),
            typed["on"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("Avtalen er avsluttet.")


class EndLetterView(ActOnHousehold):
    """UDI writes to a household whose agreement ended by what somebody else registered."""

    permission = "alternative.decide"
    form_class = SureForm

    def context(self) -> dict[str, Any]:
        """What the letter says."""
        return super().context() | {
            "title": _("Send brev om at støtten har sluttet"),
            "submit_label": _("Skriv brevet"),
            "consequences": [_("Brevet sier hvorfor, hva det ikke betyr, og at det ikke kan klages på.")],
        }

    def do(self, form: SureForm) -> tuple[str, str]:
        """Write it."""
        send_end_letter(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Brevet er skrevet.")
