"""The form in which the policy is changed: every value in the unit of its page, and why."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.allocation.domain.policy import LONGEST_SOURCE, NUMBERS, TEXTS, Policy, is_set
from fotfeste.allocation.domain.types import AGE_BANDS, FamilyType, SetKind
from fotfeste.allocation.words import set_name
from fotfeste.allocation.words_policy import LABELS, UNKNOWN_COUNTS
from fotfeste.kernel.parameters import Parameter, ParameterStatus, Value
from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.platform.words import capital
from fotfeste.registry.public import Sex

HIGHEST = 1000
THOUSANDTHS = "thousandths"
_IN_A_PERCENT = 10
WEIGHT = "weight_"
WHY = ("effective_from", "reason", "source", "status")
_SETS = "protected_sets"
_COUNTRIES = "citizenships"


class PercentField(forms.DecimalField):
    """A share in per cent with at most one decimal, with comma or point; gives thousandths as a whole number."""

    def to_python(self, value: Any) -> Any:
        """The number, with a comma too."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        """Thousandths."""
        return int(super().clean(value) * _IN_A_PERCENT)

    def prepare_value(self, value: Any) -> Any:
        """What was typed as it was typed; a number as the page writes it."""
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value


class PolicyForm(ActForm):
    """Every value of a policy, from which day, why, resting on what, and whether it is decided."""

    effective_from = DayField(label=gettext_lazy("Gjelder fra"))
    reason = FreeText(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Alle som lager planer, kan lese det i historikken. Skriv ikke om noen person."),
    )
    source = forms.CharField(
        label=gettext_lazy("Hva bygger endringen på?"),
        max_length=LONGEST_SOURCE,
        help_text=gettext_lazy("For eksempel et brev eller et møte, med dato."),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Er endringen vedtatt?"),
        widget=forms.RadioSelect,
        choices=[
            (ParameterStatus.DEMO, gettext_lazy("Nei, den er en prøve")),
            (ParameterStatus.VERIFIED, gettext_lazy("Ja, av noen som kan bestemme det")),
        ],
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        """The fields of the policy's values, before those that say why."""
        super().__init__(*args, **kwargs)
        self.policy = policy
        why = {name: self.fields.pop(name) for name in WHY}
        for name in NUMBERS:
            self.fields[name] = number_field(name, policy.parameters[name])
        self._add_texts()
        self.fields |= why
        self.fields["reason"].error_messages["required"] = _("Skriv hvorfor prioriteringen endres.")
        self.fields["source"].error_messages["required"] = _("Skriv hva endringen bygger på.")
        self.fields["status"].error_messages["required"] = _("Si om endringen er vedtatt.")

    def _add_texts(self) -> None:
        unknown, curve, sets = (capital(LABELS[name]) for name in TEXTS)
        choices = [(str(code), capital(words)) for code, words in UNKNOWN_COUNTS.items()]
        self.fields["unknown_counts"] = forms.ChoiceField(label=unknown, widget=forms.RadioSelect, choices=choices)
        self.fields["spread_curve"] = forms.CharField(
            label=curve, help_text=_("Hele tall i poeng, med mellomrom mellom."), max_length=LONGEST_SOURCE
        )
        self.fields[_SETS] = forms.MultipleChoiceField(
            label=sets, widget=forms.CheckboxSelectMultiple, choices=_named_sets(), required=False
        )
        self.fields[_COUNTRIES] = forms.CharField(
            label=_("Statsborgere som heller ikke skal komme dårligere ut"),
            help_text=_("Landkoder med tre bokstaver og mellomrom mellom, for eksempel UKR SYR."),
            required=False,
            max_length=LONGEST_SOURCE,
        )

    @property
    def weights(self) -> list[BoundField]:
        """The fields that the page shows first."""
        return [self[name] for name in NUMBERS if name.startswith(WEIGHT)]

    @property
    def measures(self) -> list[BoundField]:
        """How far each thing counts: seldom changed."""
        return [self[name] for name in NUMBERS if not name.startswith(WEIGHT)]

    @property
    def has_changed_measures(self) -> bool:
        """Whether the seldom changed must be open: something in them is typed or wrong."""
        return any(
            bound.errors or (self.is_bound and bound.field.has_changed(bound.initial, bound.data))
            for bound in self.measures
        )

    @property
    def sets(self) -> list[BoundField]:
        """What is no number."""
        return [self[name] for name in (*TEXTS, _COUNTRIES)]

    @property
    def why(self) -> list[BoundField]:
        """From which day, and why."""
        return [self[name] for name in WHY]

    def clean_citizenships(self) -> str:
        """The codes as they are kept."""
        typed: str = self.cleaned_data[_COUNTRIES].upper()
        wrong = [code for code in typed.split() if not is_set(f"{SetKind.CITIZENSHIP}:{code}")]
        if wrong:
            raise forms.ValidationError(
                _("%(codes)s er ingen landkode. Skriv tre bokstaver for hvert land."),
                code="wrong",
                params={"codes": ", ".join(wrong)},
            )
        return typed

    def changed_values(self) -> Mapping[str, Value]:
        """The values that are not as the form showed them, of a form that is valid."""
        typed: dict[str, Value] = {name: self.cleaned_data[name] for name in (*NUMBERS, "unknown_counts")}
        typed["spread_curve"] = " ".join(self.cleaned_data["spread_curve"].split())
        chosen = {*self.cleaned_data[_SETS], *(f"{SetKind.CITIZENSHIP}:{each}" for each in self._countries())}
        before = self.policy.protected_sets
        kept = [each for each in before if each in chosen]
        typed[_SETS] = " ".join([*kept, *sorted(chosen - set(kept))])
        return {name: value for name, value in typed.items() if value != self.policy.parameters[name].value}

    def _countries(self) -> list[str]:
        return str(self.cleaned_data[_COUNTRIES]).split()


def values_shown(policy: Policy) -> dict[str, Any]:
    """What the form starts with."""
    sets = policy.protected_sets
    of_countries = [each for each in sets if each.startswith(SetKind.CITIZENSHIP)]
    found: dict[str, Any] = {name: _in_unit(policy.parameters[name]) for name in NUMBERS}
    return found | {
        "unknown_counts": str(policy.unknown),
        "spread_curve": policy.parameters["spread_curve"].text,
        _SETS: [each for each in sets if each not in of_countries],
        _COUNTRIES: " ".join(each.partition(":")[2] for each in of_countries),
    }


def _in_unit(parameter: Parameter) -> Decimal | int:
    if parameter.unit != THOUSANDTHS:
        return parameter.integer
    whole, rest = divmod(parameter.integer, _IN_A_PERCENT)
    return Decimal(parameter.integer) / _IN_A_PERCENT if rest else whole


def number_field(name: str, parameter: Parameter) -> forms.Field:
    """The field of a whole number of a policy, in the unit of its page."""
    units = {"points": _("poeng"), THOUSANDTHS: _("prosent"), "years": _("år"), "weeks": _("uker")}
    label = _("%(what)s (%(unit)s)") % {
        "what": capital(LABELS[name]), "unit": units.get(parameter.unit, _("km"))
    }  # fmt: skip
    wrong = _("Skriv et tall fra 0 til %(most)s.") % {"most": HIGHEST}
    errors = dict.fromkeys(("invalid", "min_value", "max_value", "max_digits", "required"), wrong)
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})
    if parameter.unit == THOUSANDTHS:
        errors["max_decimal_places"] = _("Skriv prosenten med høyst én desimal.")
        return PercentField(
            label=label, min_value=0, max_value=HIGHEST, decimal_places=1, error_messages=errors, widget=widget
        )
    return forms.IntegerField(label=label, min_value=0, max_value=HIGHEST, error_messages=errors, widget=widget)


def _named_sets() -> list[tuple[str, str]]:
    """The sets that can be protected, but for those of countries."""
    kinds = ((SetKind.FAMILY_TYPE, FamilyType), (SetKind.AGE_BAND, AGE_BANDS), (SetKind.SEX, Sex))
    return [(f"{kind}:{value}", capital(set_name(kind, str(value)))) for kind, values in kinds for value in values]
