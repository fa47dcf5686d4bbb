"""The view of an act: show the form, do the act, say what happened; a refusal keeps what was typed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views import View

from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.platform.forms import ActForm
from fotfeste.platform.happened import Happened, happened_since, last_event
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.shown import LookNotKept, Shown, Whom, has_the_page, keep
from fotfeste.platform.typed import RESUME, Typed, kept_page, typed_in, typed_raw, whole_number
from fotfeste.platform.viewer import Viewer


class StaffView(View):
    """A page for somebody who is logged in. `permission` (if any) is required; NotFound becomes 404.

    What was sent to it is never lost: whoever is logged out logs in and gets it back, and whoever may not (or not any
    more) is told why beside what they typed.

    A page that shows something of persons says what in `shows` (compartments) and of whom in `whom`; it is logged
    before it is sent, and not sent where it cannot be logged.
    """

    http_method_names = ["get", "head", "post"]  # what a browser asks of a page; nothing else is answered
    permission: ClassVar[str] = ""
    codes: ClassVar[str] = ""  # the names of what is sent that nobody typed, where there is no form: a pattern
    shows: ClassVar[frozenset[str]] = frozenset()

    hits: int | None = None  # how many a list found
    viewer: Viewer
    at: datetime
    day: date

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Each of these opens the page; it is open to everybody where there are none."""
        return (cls.permission,) if cls.permission else ()

    @classmethod
    def is_open_to(cls, viewer: Viewer) -> bool:
        """Whether somebody may come to the page at all: asked by the page, and by whoever makes a link to it."""
        needed = cls.permissions()
        return not needed or any(viewer.may(permission) for permission in needed)

    def refuse_strangers(self) -> None:
        """Raise NotAllowed where what the page is about is not the viewer's, however it is asked for."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set who looks and when; turn refusals of access into answers."""
        if not request.user.is_authenticated:
            return self._log_in_first(request)
        self._look(request)
        try:
            if not self.is_open_to(self.viewer):
                raise NotAllowed
            self.refuse_strangers()
            if RESUME in request.POST:
                return self._logged(self.resumed(request, **kwargs))
            return self._logged(super().dispatch(request, *args, **kwargs))  # type: ignore[arg-type]
        except LookNotKept:
            return self._unlogged()
        except (NotAllowed, PermissionDenied) as error:
            if request.method != "POST":
                raise PermissionDenied from error
            return self._not_allowed(error)
        except (NotFound, Http404) as error:
            if request.method != "POST":
                raise Http404 from error
            return self._gone()

    def resumed(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What was typed before a new login: shown again, never carried out. Without a form of its own, the page."""
        get: Callable[..., HttpResponse] | None = getattr(self, "get", None)
        return get(request, **kwargs) if get else HttpResponseRedirect("/")

    def whom(self) -> Whom | None:
        """Whom the page is about; a list is about nobody alone."""
        return None

    def compartments_shown(self) -> frozenset[str]:
        """What of them this page shows now."""
        return self.shows

    def asked_for(self) -> Mapping[str, str]:
        """What a list was asked for, as it is logged."""
        return self.request.GET.dict()

    def _logged(self, response: HttpResponse) -> HttpResponse:
        """The answer, once the log has it."""
        compartments = self.compartments_shown()
        # A list that found one alone and leads straight there has answered too.
        if compartments and (has_the_page(response.status_code) or self.hits is not None):
            match = self.request.resolver_match
            page = str(match.url_name) if match else ""
            shown = Shown(page, compartments, self.whom(), self.asked_for(), self.hits)
            keep(shown, self.viewer, self.at)
        return response

    def _unlogged(self) -> HttpResponse:
        sentences = [
            _("Alt innsyn skal loggføres, og det gikk ikke nå. Derfor vises ikke siden. Prøv igjen om litt."),
        ]
        if self.request.method == "POST":
            sentences.append(_("Ingenting er lagret."))
        title = _("Siden kan ikke vises nå")
        return kept_page(self.request, status=503, title=title, sentences=sentences, typed=self.typed())

    def _look(self, request: HttpRequest) -> None:
        self.viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        self.at: datetime = request.at  # type: ignore[attr-defined]
        self.day: date = request.day  # type: ignore[attr-defined]

    def _log_in_first(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        ask: Callable[..., HttpResponse] = import_string(settings.FOTFESTE_ASK_TO_LOG_IN)
        return ask(request, request.get_full_path() if hasattr(self, "get") else "/")

    def _not_allowed(self, error: Exception) -> HttpResponse:
        sentence = sentence_for(error if isinstance(error, NotAllowed) else NotAllowed())
        return kept_page(
            self.request,
            status=403,
            title=_("Du har ikke tilgang"),
            sentences=[sentence, _("Ingenting er lagret.")],
            typed=self.typed(),
        )

    def _gone(self) -> HttpResponse:
        sentences = [_("Det finnes ikke lenger, eller dere har ikke lenger innsyn i det."), _("Ingenting er lagret.")]
        return kept_page(self.request, status=404, title=_("Fant ikke siden"), sentences=sentences, typed=self.typed())

    def typed(self) -> Sequence[Typed]:
        """What was sent, as far as it can be read without what the page is about."""
        return typed_raw(self.request.POST, type(self))


class ActView(StaffView):
    """One act: GET shows the form, POST does the act and redirects.

    A subclass gives `form_class`, `template_name`, `context()` and `do(form)`; `do` returns where to go and the
    sentence of what happened (who was told, what comes next). One that is about a household gives `household_id`:
    then a form that somebody else was quicker than tells what has happened since it was opened.
    """

    form_class: ClassVar[type[ActForm]]
    template_name: ClassVar[str] = "platform/act.html"
    is_shown_late: ClassVar[bool] = True  # False: where it is too late there is no form, only why

    @property
    def household_id(self) -> int | None:
        """The household that the act is about, if it is about one."""
        return None

    def initial(self) -> dict[str, Any]:
        """What the form starts with; `version` belongs here."""
        return {}

    def form_arguments(self) -> dict[str, Any]:
        """More keyword arguments of the form."""
        return {}

    def context(self) -> dict[str, Any]:
        """What the template needs beside the form: `title`, `submit_label`, `back_url`, ..."""
        return {}

    def do(self, form: Any) -> tuple[str, str]:
        """Do the act; give the address to go to and the sentence to show there."""
        raise NotImplementedError

    def too_late(self) -> Sequence[str]:
        """Why the act cannot be done any more, in sentences; nothing while it can. Asked after a refusal."""
        return ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        if not self.is_shown_late and (reasons := self.too_late()):
            return self._over(reasons)
        start = self.initial() | {"opened": self._opened()}
        return self._page(request, self.form_class(initial=start, **self.form_arguments()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do the act, or show the form again with what is wrong."""
        form = self._sent()
        if not form.is_valid():
            return self._mistyped(form)
        try:
            target, sentence = self.do(form)
        except NotAllowed:
            raise
        except Refused as refused:
            return self._anew()._refused(refused)
        messages.success(request, sentence)
        return HttpResponseRedirect(resolve_url(target))

    def _mistyped(self, form: ActForm) -> HttpResponse:
        """The form with its errors; they may be there only because somebody else was quicker, and then that is told."""
        if reasons := self.too_late():
            return self._kept(reasons)
        sent, found = form.cleaned_data.get("version"), self.initial().get("version")
        if sent is not None and found is not None and sent != found:
            self._tell_stale(form, Stale(sent, found))
        return self._page(self.request, form, status=422)

    def resumed(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form with what was typed before, to look over and send."""
        if reasons := self.too_late():
            return self._kept(reasons)
        messages.warning(request, _("Ingenting er lagret ennå. Se over det du skrev, og send det på nytt."))
        return self._page(request, self._sent())

    def typed(self) -> Sequence[Typed]:
        """What was sent, with the labels of the form's own fields."""
        return typed_raw(self.request.POST, getattr(type(self), "form_class", None))

    def typed_in_form(self) -> Sequence[Typed]:
        """What was sent, in the words of the form."""
        return typed_in(self._sent())

    def way_back(self) -> tuple[str, str]:
        """The address of the way back, and its words."""
        about = self.context()
        return about.get("back_url", "/"), about.get("back_label", _("Tilbake"))

    def _sent(self) -> ActForm:
        """The form with what was sent."""
        request = self.request
        return self.form_class(request.POST, request.FILES, initial=self.initial(), **self.form_arguments())

    def _anew(self) -> Self:
        """This page as it is after what others have done meanwhile: nothing that was read before counts."""
        anew = type(self)()
        anew.setup(self.request, *self.args, **self.kwargs)
        anew._look(self.request)
        return anew

    def _refused(self, refused: Refused) -> HttpResponse:
        """The form again with the refusal; where the act has become impossible, why, with what was typed."""
        if reasons := self.too_late():
            return self._kept(reasons)
        if isinstance(refused, NotFound):
            raise refused
        form = self._sent()
        form.is_valid()
        if isinstance(refused, Stale):
            self._tell_stale(form, refused)
        else:
            form.refuse(refused)
        return self._page(self.request, form, status=422)

    def _kept(self, reasons: Sequence[str]) -> HttpResponse:
        """Why it is too late, what has happened meanwhile, and what was typed."""
        return kept_page(
            self.request,
            status=422,
            title=_("Dette kan ikke gjøres lenger"),
            sentences=[*reasons, _("Ingenting er lagret.")],
            typed=self.typed_in_form(),
            happened=self._happened(),
            back=self.way_back(),
        )

    def _over(self, reasons: Sequence[str]) -> HttpResponse:
        """Why there is no form to fill in."""
        title = _("Dette kan ikke gjøres lenger")
        return kept_page(self.request, status=200, title=title, sentences=reasons, back=self.way_back())

    def _opened(self) -> str:
        """Who opens the form, and the last that has happened by then."""
        event = last_event(self.viewer, self.household_id) if self.household_id else 0
        return f"{self.viewer.user_id}-{event}"

    def _happened(self) -> Sequence[Happened]:
        """What has happened to the household since the form was opened; nothing where the form does not tell when."""
        event = whole_number(self.request.POST.get("opened", "").partition("-")[2])
        if self.household_id is None or event is None:
            return ()
        return happened_since(self.viewer, self.household_id, event)

    def _tell_stale(self, form: ActForm, stale: Stale) -> None:
        """Tell what has happened, and let the next attempt count from what is there now: the user decides."""
        form.refuse(stale)
        form.happened = self._happened()
        typed = self.request.POST.copy()
        typed["version"], typed["opened"] = str(self.initial().get("version", "")), self._opened()
        form.data = typed

    def _page(self, request: HttpRequest, form: ActForm, status: int = 200) -> HttpResponse:
        return render(request, self.template_name, {"form": form} | self.context(), status=status)
