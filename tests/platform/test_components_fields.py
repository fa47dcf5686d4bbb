"""Form fields: a label, a hint and an error that belong to the control for everybody, also by ear."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from fotfeste.kernel.errors import Refused
from fotfeste.platform.components.fields import errors_of
from fotfeste.platform.forms import LONGEST_TEXT, ActForm, DayField, FreeText
from tests.platform.markup import Element, read


class Departure(ActForm):
    departed_on = DayField(label="Reisedag")
    note = FreeText(label="Merknad", required=False, help_text="Kort")
    persons = forms.IntegerField(label="Personer", min_value=1)
    reason = forms.ChoiceField(label="Årsak", choices=[("a", "Avtalt"), ("b", "Borte")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="Behov", choices=[("x", "Heis")], widget=forms.CheckboxSelectMultiple, required=False
    )
    is_told = forms.BooleanField(label="Familien vet det")
    place = forms.ChoiceField(label="Sted", choices=[(str(number), f"Sted {number}") for number in range(30)])


def shown(source: str, form: forms.Form, language: str = "nb") -> Element:
    with override(language):
        return read(Template(source).render(Context({"form": form})))


def described(page: Element, control: Element) -> list[str]:
    """The words by which a control is described."""
    return [
        element.text
        for wanted in control.attributes.get("aria-describedby", "").split()
        for element in page.below()
        if element.attributes.get("id") == wanted
    ]


def test_a_field_has_its_label_above_and_its_hint_read_with_it() -> None:
    page = shown("{% field form.note %}", Departure())
    area = page.one("textarea")
    assert page.one("label")["for"] == area["id"]
    assert page.one("label").text.startswith("Merknad")
    assert described(page, area) == ["Kort"]
    assert "aria-invalid" not in area.attributes


def test_a_text_that_is_too_long_comes_back_whole_with_a_sentence() -> None:
    typed = "å" * (LONGEST_TEXT + 1)
    form = Departure({"note": typed})
    page = shown("{% field form.note %}", form)
    assert page.one("textarea").text.strip() == typed
    assert "maxlength" not in page.one("textarea").attributes
    assert form.errors["note"] == ["Teksten har 4001 tegn. Den kan ha høyst 4000."]


def test_only_what_is_optional_is_marked() -> None:
    form = Departure()
    assert "(valgfritt)" in shown("{% field form.note %}", form).one("label").text
    assert "(optional)" in shown("{% field form.note %}", form, "en").one("label").text
    assert "(valgfritt)" not in shown("{% field form.departed_on %}", form).one("label").text
    assert "(valgfritt)" in shown("{% field form.needs %}", form).one("legend").text


def test_an_error_stands_at_its_field_and_is_read_with_it() -> None:
    page = shown("{% field form.departed_on %}", Departure({"departed_on": "31.2.2024"}))
    control = page.one("input")
    assert control["aria-invalid"] == "true"
    assert control["value"] == "31.2.2024", "what was typed is kept"
    hint, error = described(page, control)
    assert hint == "Dag.måned.år, for eksempel 14.3.2024"
    assert error == "31.2.2024 finnes ikke i kalenderen. Rett dag, måned eller år."


def test_choices_are_a_group_with_a_legend_and_a_label_for_each() -> None:
    page = shown("{% field form.reason %}", Departure({}))
    group = page.one("fieldset")
    assert group.one("legend").text == "Årsak"
    labels = {label["for"]: label.text for label in group.all("label")}
    assert [(labels[radio["id"]], radio["value"]) for radio in group.all("input", type="radio")] == [
        ("Avtalt", "a"),
        ("Borte", "b"),
    ]
    assert described(page, group) == ["Velg «Årsak»."]
    assert all(radio["aria-invalid"] == "true" for radio in group.all("input"))


def test_checkboxes_keep_what_was_ticked() -> None:
    page = shown("{% field form.needs %}{% field form.is_told %}", Departure({"needs": ["x"], "is_told": "on"}))
    assert all("checked" in box.attributes for box in page.all("input", type="checkbox"))
    assert len(page.all("input", type="checkbox")) == 2


def test_a_hidden_field_is_there_without_a_label() -> None:
    page = shown("{% field form.version %}", Departure(initial={"version": 7}))
    assert page.one("input", type="hidden")["value"] == "7"
    assert not page.all("label")


def test_a_long_list_can_be_searched_and_a_short_one_is_left_alone() -> None:
    page = shown("{% field form.place %}", Departure())
    assert "data-search" in page.one("select").attributes
    assert len(page.all("option")) == 30, "without scripts it is a plain select"


def test_all_fields_are_shown_in_their_order() -> None:
    page = shown("{% fields form %}", Departure())
    names = [element["name"] for element in page.below() if "name" in element.attributes]
    assert list(dict.fromkeys(names)) == list(Departure().fields)


def test_the_summary_leads_to_every_control_that_must_be_mended() -> None:
    form = Departure({"persons": "0", "place": "1"})
    page = shown("{% error_summary form %}{% fields form %}", form)
    summary = page.one("div", role="alert")
    assert summary["tabindex"] == "-1"
    links = {link["href"].removeprefix("#"): link.text for link in summary.all("a")}
    ids = {element.attributes.get("id") for element in page.below() if element.name in {"input", "select", "textarea"}}
    assert links.keys() <= ids
    assert links["id_departed_on"] == "Fyll ut «Reisedag»."
    assert links["id_reason_0"] == "Velg «Årsak»."
    assert links["id_is_told"] == "Kryss av for «Familien vet det»."
    assert links["id_persons"].startswith("Personer: "), "Django's own message does not name the field"
    assert summary.one("h2").text == "Du må rette 4 ting før dette kan lagres"


def test_a_refusal_without_a_field_stands_in_the_summary_alone() -> None:
    form = Departure({})
    form.is_valid()
    form.refuse(Refused("stale"))
    first = shown("{% error_summary form %}", form).all("li")[0]
    assert first.text.startswith("Noen andre har endret saken")
    assert not first.all("a")


def test_there_is_no_summary_where_nothing_is_wrong() -> None:
    assert not shown("{% error_summary form %}", Departure()).children


def test_what_people_type_never_becomes_markup() -> None:
    form = Departure({"note": "</textarea><script>x()</script>", "persons": "<b>"})
    page = shown("{% error_summary form %}{% fields form %}", form)
    assert not page.all("script")
    assert not page.all("b")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_django_s_own_messages_speak_the_language_of_the_page(language: str) -> None:
    with override(language):
        text = str(Departure({"persons": "0"}).errors["persons"][0])
    assert ("Ensure" in text) == (language == "en")


def test_a_field_s_own_words_for_what_is_missing_are_kept() -> None:
    class Own(ActForm):
        why = forms.CharField(label="Grunn", error_messages={"required": "Skriv hvorfor."})

    assert shown("{% error_summary form %}", Own({})).one("li").text == "Skriv hvorfor."


def test_what_another_answer_makes_needed_is_not_called_optional() -> None:
    form = Departure()
    form.when_needed = {"note"}
    assert "(valgfritt)" not in shown("{% field form.note %}", form).one("label").text


def test_a_question_with_nothing_said_among_its_answers_is_not_called_optional() -> None:
    class Offer(ActForm):
        housing = forms.ChoiceField(
            label="Tilrettelagt bolig",
            choices=[("yes", "Ja"), ("", "Ikke meldt")],
            widget=forms.RadioSelect,
            required=False,
        )

    assert "(valgfritt)" not in shown("{% field form.housing %}", Offer()).one("legend").text


def test_what_is_wrong_with_hidden_fields_is_one_sentence_about_the_page() -> None:
    class Hidden(ActForm):
        first = forms.IntegerField(widget=forms.HiddenInput)
        second = forms.IntegerField(widget=forms.HiddenInput)

    form = Hidden({"first": "x", "second": "y"})
    assert not form.is_valid()
    assert [(each.sentence, each.target) for each in errors_of(form)] == [
        ("Siden kom ikke hel fram. Last den på nytt, og prøv igjen.", "")
    ]


def test_where_the_same_is_wrong_with_several_fields_the_summary_names_each() -> None:
    class Weights(ActForm):
        ties = forms.IntegerField(label="Nære relasjoner", error_messages={"required": "Skriv et tall."})
        work = forms.IntegerField(label="Arbeid", error_messages={"required": "Skriv et tall."})
        why = forms.CharField(label="Hvorfor?", error_messages={"required": "Skriv hvorfor."})

    form = Weights({})
    assert not form.is_valid()
    assert [each.sentence for each in errors_of(form)] == [
        "Nære relasjoner: Skriv et tall.",
        "Arbeid: Skriv et tall.",
        "Skriv hvorfor.",
    ]
    assert "Arbeid:" not in shown("{% field form.work %}", form).text
