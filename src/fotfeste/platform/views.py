"""The view of an act: show the form, do the act, say what happened; a refusal keeps what was typed."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.decorators import method_decorator
from django.views import View

from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.platform.forms import ActForm
from fotfeste.platform.viewer import Viewer


@method_decorator(login_required, name="dispatch")
class StaffView(View):
    """A page for somebody who is logged in. `permission` (if any) is required; NotFound becomes 404."""

    permission: ClassVar[str] = ""

    viewer: Viewer
    at: datetime
    day: date

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set who looks and when; turn refusals of access into answers."""
        self.viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        self.at: datetime = request.at  # type: ignore[attr-defined]
        self.day: date = request.day  # type: ignore[attr-defined]
        if self.permission and not self.viewer.may(self.permission):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]
        except NotFound as error:
            raise Http404 from error
        except NotAllowed as error:
            raise PermissionDenied from error


class ActView(StaffView):
    """One act: GET shows the form, POST does the act and redirects.

    A subclass gives `form_class`, `template_name`, `context()` and `do(form)`; `do` returns where to go and the
    sentence of what happened (who was told, what comes next).
    """

    form_class: ClassVar[type[ActForm]]
    template_name: ClassVar[str] = "platform/act.html"

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

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self._page(request, self.form_class(initial=self.initial(), **self.form_arguments()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do the act, or show the form again with what is wrong."""
        form = self.form_class(request.POST, request.FILES, initial=self.initial(), **self.form_arguments())
        if form.is_valid():
            try:
                target, sentence = self.do(form)
            except (NotFound, NotAllowed):
                raise
            except Refused as refused:
                form.refuse(refused)
                if isinstance(refused, Stale):
                    self._take_new_version(form)
            else:
                messages.success(request, sentence)
                return HttpResponseRedirect(resolve_url(target))
        return self._page(request, form, status=422)

    def _take_new_version(self, form: ActForm) -> None:
        """Let the next attempt count from what is there now: the user has been told, and decides."""
        typed = self.request.POST.copy()
        typed["version"] = str(self.initial().get("version", ""))
        form.data = typed

    def _page(self, request: HttpRequest, form: ActForm, status: int = 200) -> HttpResponse:
        return render(request, self.template_name, {"form": form} | self.context(), status=status)
