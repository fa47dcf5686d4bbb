"""What an answer may hold, in and out of JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.answers import CONTENT_OF, from_json, main_claim, to_json
from fotfeste.settlement.domain.contents import Adaptation, CloseRelation, Content, ExtraNeeds, Question, Relations

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60).map(str.strip)
st.register_type_strategy(str, TEXT)
NUMBERS = st.none() | st.integers(0, 99)


@pytest.mark.req("SET-03")
@given(
    st.one_of(
        *(
            st.from_type(kind)
            for question, kind in CONTENT_OF.items()
            if question not in (Question.ADAPTATION, Question.RELATIONS)
        ),
        st.builds(Adaptation, extra=st.builds(ExtraNeeds, staff_count=NUMBERS)),
        st.builds(Relations, relations=st.lists(st.from_type(CloseRelation), max_size=3).map(tuple)),
    )
)
def test_an_answer_comes_back_from_json_as_it_went_in(content: Content) -> None:
    stored = json.loads(json.dumps(to_json(content)))
    assert stored["schema"] == 1
    assert from_json(content.question, stored) == content


@pytest.mark.parametrize(
    ("question", "stored", "code", "field"),
    [
        ("pets", {"schema": 2}, "answer_schema_unknown", None),
        ("pets", {"has_dog": True}, "answer_field_unknown", "pets"),
        ("pets", {"has_pets": "ja"}, "answer_value_unknown", "pets-has_pets"),
        ("pets", {"description": "x" * 2001}, "answer_text_too_long", "pets-description"),
        ("pets", {"description": None}, "answer_value_unknown", "pets-description"),
        ("education", {"level": "kindergarten"}, "answer_value_unknown", "education-level"),
        ("adaptation", {"bears_on": "place"}, "answer_value_unknown", "adaptation-bears_on"),
        ("adaptation", {"bears_on": ["moon"]}, "answer_value_unknown", "adaptation-bears_on"),
        ("adaptation", {"extra": "mye"}, "answer_value_unknown", "adaptation-extra"),
        ("adaptation", {"extra": {"staff_count": 100}}, "answer_number_out_of_range", "adaptation-extra-staff_count"),
        ("adaptation", {"extra": {"staff_count": -1}}, "answer_number_out_of_range", "adaptation-extra-staff_count"),
        ("adaptation", {"extra": {"staff_count": True}}, "answer_value_unknown", "adaptation-extra-staff_count"),
        ("relations", {"relations": [{}] * 21}, "answer_too_many_rows", "relations"),
        ("relations", {"relations": [{"phone": "1"}]}, "answer_field_unknown", "relations-relations"),
        ("relations", {"relations": ["Iryna"]}, "answer_value_unknown", "relations-relations"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_field(
    question: str, stored: dict[str, object], code: str, field: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        from_json(Question(question), stored)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_an_empty_answer_keeps_nothing_but_its_schema() -> None:
    for kind in CONTENT_OF.values():
        assert to_json(kind()) == {"schema": 1}
        assert main_claim(kind()) is None


def test_a_no_among_the_extra_needs_is_kept_apart_from_not_asked() -> None:
    stored = to_json(Adaptation(is_needed=True, extra=ExtraNeeds(needs_specialist=False, staff_count=0)))
    assert stored["extra"] == {"needs_specialist": False, "staff_count": 0}
