"""The pages where centres are opened and closed, rooms and beds added, beds blocked."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.accommodation.actions.centres import (
    add_beds,
    add_rooms,
    block_bed,
    change_operation,
    end_operation,
    open_centre_operation,
    operation_version,
    unblock_bed,
)
from fotfeste.accommodation.domain.rooms import room_names
from fotfeste.accommodation.domain.types import NewRoom
from fotfeste.accommodation.forms.centres import (
    BedsAddedForm,
    BlockForm,
    ClosingForm,
    OperationForm,
    RoomsForm,
    UnblockForm,
)
from fotfeste.accommodation.models import Bed, CentreOperation, Room
from fotfeste.accommodation.queries.centre import centre_by_reference, centre_overview
from fotfeste.accommodation.queries.occupancy import operation_on
from fotfeste.directory.public import Organisation
from fotfeste.kernel.errors import NotFound
from fotfeste.platform import words
from fotfeste.platform.views import ActView


class CentreActView(ActView):
    """An act on the centre in the address."""

    @cached_property
    def centre(self) -> Organisation:
        """The centre. NotFound for those of another."""
        return centre_by_reference(self.viewer, self.kwargs["reference"])

    @property
    def back_url(self) -> str:
        """The centre's page."""
        return reverse("centre", args=[self.centre.reference])

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {"back_url": self.back_url, "back_label": self.centre.name}


class OperationView(CentreActView):
    """Put a centre into operation, or change its type, operator or places from a day."""

    permission = "accommodation.operate_centres"
    form_class = OperationForm

    @cached_property
    def present(self) -> CentreOperation | None:
        """How it is operated today."""
        return operation_on(self.centre.pk, self.day)

    def initial(self) -> dict[str, Any]:
        """What holds today."""
        found: dict[str, Any] = {"from_on": self.day}
        if self.present is not None:
            found["version"] = operation_version(self.centre.pk)
            copied = ("type", "operator", "is_decentralised", "places", "places_maximum", "source")
            found |= {field: getattr(self.present, field) for field in copied}
            found["operated_by"] = self.present.operated_by_id
        return found

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        title = _("Endre driften av %(name)s") if self.present else _("Sett %(name)s i drift")
        return super().context() | {
            "title": title % {"name": self.centre.name},
            "submit_label": _("Endre driften") if self.present else _("Sett i drift"),
        }

    def do(self, form: OperationForm) -> tuple[str, str]:
        """Open or change."""
        typed = form.cleaned_data
        from_on, version = typed["from_on"], typed["version"]
        if self.present:
            change_operation(self.centre.pk, form.operation(), from_on, by=self.viewer, at=self.at, version=version)
        else:
            open_centre_operation(self.centre.pk, form.operation(), from_on, by=self.viewer, at=self.at)
        return self.back_url, _("Driften av %(name)s gjelder slik fra %(day)s.") % {
            "name": self.centre.name,
            "day": words.day(from_on),
        }


class ClosingView(CentreActView):
    """Close a centre from a day."""

    permission = "accommodation.operate_centres"
    form_class = ClosingForm

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Legg ned %(name)s") % {"name": self.centre.name},
            "submit_label": _("Legg ned"),
            "is_severe": True,
            "consequences": [
                _("Ingen kan plasseres der fra den dagen."),
                _("Bor det folk der etter den dagen, må de flyttes først."),
            ],
        }

    def do(self, form: ClosingForm) -> tuple[str, str]:
        """Close it."""
        end_operation(self.centre.pk, form.cleaned_data["on"], by=self.viewer, at=self.at)
        return self.back_url, _("%(name)s er ute av drift fra %(day)s.") % {
            "name": self.centre.name,
            "day": words.day(form.cleaned_data["on"]),
        }


class RoomsView(CentreActView):
    """Rooms and beds of one's own centre: add rooms, add beds, block and unblock beds."""

    permission = "accommodation.run_centre"
    form_class = RoomsForm
    template_name = "accommodation/rooms.html"

    def context(self) -> dict[str, Any]:
        """The rooms as they are."""
        return super().context() | {
            "title": _("Rom og senger på %(name)s") % {"name": self.centre.name},
            "submit_label": _("Legg til rom"),
            "overview": centre_overview(self.viewer, self.centre.reference, self.day),
        }

    def do(self, form: RoomsForm) -> tuple[str, str]:
        """Add them."""
        typed = form.cleaned_data
        rooms = [
            NewRoom(name=name, beds=typed["beds"], building=typed["building"], is_adapted=typed["is_adapted"])
            for name in room_names(typed["names"])
        ]
        made = add_rooms(self.centre.pk, rooms, by=self.viewer, at=self.at)
        sentence = ngettext("%(count)d rom er lagt til.", "%(count)d rom er lagt til.", len(made))
        return reverse("centre_rooms", args=[self.centre.reference]), sentence % {"count": len(made)}


class RoomActView(ActView):
    """An act on a room of one's own centre, or a bed in it."""

    permission = "accommodation.run_centre"

    @cached_property
    def room(self) -> Room:
        """The room. NotFound for another centre's."""
        room = (
            Room.objects.select_related("centre")
            .filter(reference=self.kwargs["reference"], centre_id=self.viewer.organisation_id)
            .first()
        )
        if room is None:
            raise NotFound("not_found")
        return room

    @cached_property
    def bed(self) -> Bed:
        """The bed in the room."""
        bed = Bed.objects.filter(room=self.room, name=self.kwargs["bed"]).first()
        if bed is None:
            raise NotFound("not_found")
        return bed

    @property
    def back_url(self) -> str:
        """The centre's rooms."""
        return reverse("centre_rooms", args=[self.room.centre.reference])

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {"back_url": self.back_url, "back_label": _("Rom og senger")}


class AddBedsView(RoomActView):
    """More beds in a room."""

    form_class = BedsAddedForm

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Flere senger i rom %(name)s") % {"name": self.room.name},
            "submit_label": _("Legg til senger"),
        }

    def do(self, form: BedsAddedForm) -> tuple[str, str]:
        """Add them."""
        made = add_beds(self.room.reference, form.cleaned_data["beds"], by=self.viewer, at=self.at)
        sentence = ngettext(
            "%(count)d seng er lagt til i rom %(room)s.", "%(count)d senger er lagt til i rom %(room)s.", len(made)
        )
        return self.back_url, sentence % {"count": len(made), "room": self.room.name}


class BlockBedView(RoomActView):
    """A bed that cannot be used."""

    form_class = BlockForm

    def initial(self) -> dict[str, Any]:
        """From today."""
        return {"from_on": self.day}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Sperr seng %(bed)s i rom %(room)s") % {"bed": self.bed.name, "room": self.room.name},
            "submit_label": _("Sperr senga"),
        }

    def do(self, form: BlockForm) -> tuple[str, str]:
        """Block it."""
        typed = form.cleaned_data
        block_bed(self.bed.pk, typed["from_on"], typed["until_on"], typed["cause"], by=self.viewer, at=self.at)
        return self.back_url, _("Seng %(bed)s i rom %(room)s er sperret fra %(day)s.") % {
            "bed": self.bed.name,
            "room": self.room.name,
            "day": words.day(typed["from_on"]),
        }


class UnblockBedView(RoomActView):
    """A bed that can be used again."""

    form_class = UnblockForm

    def initial(self) -> dict[str, Any]:
        """From today."""
        return {"on": self.day}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Opphev sperringen av seng %(bed)s i rom %(room)s")
            % {"bed": self.bed.name, "room": self.room.name},
            "submit_label": _("Opphev sperringen"),
        }

    def do(self, form: UnblockForm) -> tuple[str, str]:
        """Unblock it."""
        unblock_bed(self.bed.pk, form.cleaned_data["on"], by=self.viewer, at=self.at)
        return self.back_url, _("Seng %(bed)s i rom %(room)s kan brukes fra %(day)s.") % {
            "bed": self.bed.name,
            "room": self.room.name,
            "day": words.day(form.cleaned_data["on"]),
        }
