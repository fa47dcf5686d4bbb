"""The page that says why somebody was not logged in, and what they can do now."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS: Mapping[str, tuple[int, Promise, Promise]] = {
    "unknown": (
        403,
        gettext_lazy("Du er ikke registrert som bruker her"),
        gettext_lazy(
            "{provider} kjenner deg, men Fotfeste gjør det ikke. Spør administratoren hos dere om å bli registrert "
            "som bruker, med det brukernavnet du har i {provider}."
        ),
    ),
    "no_role": (
        403,
        gettext_lazy("Du har ingen rolle i dag"),
        gettext_lazy(
            "Du er registrert som bruker, men ingen av rollene dine gjelder i dag. Spør administratoren hos dere."
        ),
    ),
    "too_weak": (
        403,
        gettext_lazy("Du må logge inn på en sikrere måte"),
        gettext_lazy(
            "{provider} logget deg inn på en måte som ikke er sikker nok for opplysningene her. Prøv igjen, og velg en "
            "sikrere måte, for eksempel med kode eller nøkkel i tillegg til passordet."
        ),
    ),
    "cancelled": (
        200,
        gettext_lazy("Du avbrøt innloggingen"),
        gettext_lazy("Du er ikke logget inn. Du kan prøve igjen når du vil."),
    ),
    "not_proven": (
        400,
        gettext_lazy("Innloggingen kunne ikke bekreftes"),
        gettext_lazy(
            "Svaret fra {provider} var for gammelt, eller det hørte ikke til innloggingen du begynte på i denne "
            "nettleseren. Du er ikke logget inn. Prøv en gang til."
        ),
    ),
    "unreachable": (
        502,
        gettext_lazy("{provider} svarer ikke"),
        gettext_lazy("Vi får ikke kontakt med {provider}. Vent litt og prøv igjen."),
    ),
}


def refused_page(request: HttpRequest, code: str, name: str = "") -> HttpResponse:
    """The page for a refusal. `name`: of the provider, where one was asked."""
    status, title, sentence = REASONS[code]
    label = next((each.label for each in settings.LOGIN_PROVIDERS if each.name == name), "")
    values = {"provider": label or _("Innloggingstjenesten")}
    context = {"title": str(title).format(**values), "sentence": str(sentence).format(**values), "provider_name": name}
    return render(request, "web/login_refused.html", context, status=status)
