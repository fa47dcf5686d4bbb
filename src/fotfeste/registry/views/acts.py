"""The pages of acts on the persons of a household: status, details, relations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.access.public import Compartment
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import day as day_in_words
from fotfeste.registry.actions.details import correct_details
from fotfeste.registry.actions.relations import annul_relation, register_relation
from fotfeste.registry.actions.status import register_status
from fotfeste.registry.domain.types import CorrectionReason, Member, RelationKind, StatusKind
from fotfeste.registry.forms.choices import read_relation, whole_number
from fotfeste.registry.forms.household import RegisterStatusForm, RelationForm
from fotfeste.registry.forms.person import CorrectDetailsForm, values_of
from fotfeste.registry.queries.relations import guardian_of, ties_of
from fotfeste.registry.views.household import HouseholdAct
from fotfeste.registry.words import RELATIONS, STATUSES


class RegisterStatusView(HouseholdAct):
    """A status for chosen members; one parent may still wait."""

    form_class = RegisterStatusForm
    permission = "registry.register_status"

    def form_arguments(self) -> dict[str, Any]:
        """The members, and the viewer whose role decides the choices."""
        return {"members": self.members, "viewer": self.viewer}

    def context(self) -> dict[str, Any]:
        """What the page is called and what follows."""
        return super().context() | {
            "title": _("Registrer status"),
            "submit_label": _("Registrer status"),
            "consequences": [
                _("Den første tillatelsen i husstanden gjør hele husstanden klar for bosettingssamtale."),
                _("Mottaket der de bor, får oppgaven å holde samtalen, og IMDi får innsyn."),
            ],
        }

    def do(self, form: Any) -> tuple[str, str]:
        """Register for those who were ticked."""
        typed = form.cleaned_data
        kind = StatusKind(typed["kind"])
        chosen = self.ids_of(typed["person_ids"])
        register_status(
            self.group_id,
            chosen,
            kind,
            typed["holds_on"],
            is_meant=typed.get("is_meant", False),
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        sentence = ngettext(
            "Status er registrert for %(count)s person: %(status)s fra %(day)s.",
            "Status er registrert for %(count)s personer: %(status)s fra %(day)s.",
            len(chosen),
        )
        return self.back_url, sentence % {
            "count": len(chosen),
            "status": STATUSES[kind],
            "day": day_in_words(typed["holds_on"]),
        }


class CorrectDetailsView(HouseholdAct):
    """What is known of a person, put right with a reason."""

    shows = HouseholdAct.shows | {Compartment.GUARDIAN}

    form_class = CorrectDetailsForm
    permission = "registry.correct_details"
    template_name = "registry/person_act.html"

    @cached_property
    def member(self) -> Member:
        """The person whose reference is in the address."""
        wanted = self.kwargs["person"]
        found = next((member for member in self.members if member.reference == wanted), None)
        if found is None:
            raise Http404
        return found

    def initial(self) -> dict[str, Any]:
        """What is registered now."""
        return super().initial() | values_of(self.member, guardian_of(self.member.subject_id))

    def context(self) -> dict[str, Any]:
        """What the page is called."""
        return super().context() | {
            "title": _("Rett opplysninger om %(name)s") % {"name": self.member.name},
            "intro": _("Det som sto før, blir ikke borte. Rettelsen lagres ved siden av, med hvorfor og hvem."),
            "submit_label": _("Lagre rettelsen"),
        }

    def do(self, form: Any) -> tuple[str, str]:
        """Correct what differs."""
        form.more_languages = self.member.languages[2:]
        corrected = form.person()
        correct_details(
            self.member.subject_id,
            corrected,
            form.cleaned_data["reason"],
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
        )
        self.warn_about(corrected, self.day)
        return self.back_url, _("Opplysningene om %(name)s er rettet.") % {"name": self.member.name}


class RelationsView(HouseholdAct):
    """How the members stand to each other; one relation at a time."""

    form_class = RelationForm
    permission = "registry.correct_details"
    template_name = "registry/relations.html"

    def form_arguments(self) -> dict[str, Any]:
        """The members."""
        return {"members": self.members}

    def context(self) -> dict[str, Any]:
        """The relations that are registered, in words."""
        names = {member.subject_id: member.name for member in self.members}
        ties = [
            {
                "id": tie.relation_id,
                "words": f"{names[tie.first_id]} {RELATIONS[tie.kind]} {names[tie.second_id]}",
            }
            for tie in ties_of(names)
            if tie.first_id in names and tie.second_id in names
        ]
        return super().context() | {
            "title": _("Slektskap og følge"),
            "ties": ties,
            "version": self.group.version,
            "submit_label": _("Registrer"),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Register a relation, or take away one that is wrong (its own button)."""
        wrong = whole_number(request.POST.get("annul", ""))
        if wrong is None:
            return super().post(request, **kwargs)
        try:
            annul_relation(self.group_id, wrong, CorrectionReason.TYPING_ERROR, by=self.viewer, at=self.at)
        except NotFound:
            raise
        except Refused as refused:
            messages.error(request, sentence_for(refused))
        else:
            messages.success(request, _("Forholdet er tatt bort."))
        return redirect(request.path)

    def do(self, form: Any) -> tuple[str, str]:
        """Register the relation."""
        typed = form.cleaned_data
        first, second = self.ids_of([typed["first"], typed["second"]])
        kind, is_swapped = read_relation(typed["kind"])
        pair = (second, first) if is_swapped else (first, second)
        register_relation(
            self.group_id,
            pair[0],
            RelationKind(kind),
            pair[1],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.request.path, _("Forholdet er registrert.")
