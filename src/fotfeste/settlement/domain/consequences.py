"""What accepting gives and what a no to the offer costs, in the languages that we have (GUIDE 1.7.1, 1.9,
Vedlegg 2-5).

What is lost and kept is told by code; letters have words of their own for the codes (`word.lost`, `word.kept`). The
Ukrainian and Russian words for place, benefits, housing and money are the guide's own (Vedlegg 3 and 4); the rest of
these translations are ours. On Norwegian training the sources contradict each other (1.9: kept; Vedlegg 2-5: lost), so
that it is as the ruling in force says (ADR 0053), and where there is none, said to be clarified.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from fotfeste.kernel.ages import age_on, is_adult
from fotfeste.settlement.domain.types import Training

SCHOOL_UNTIL = 16
"""Years until which a child has the right and the duty to go to school. Source: GUIDE 1.9."""

SCHOOL_FROM = 6
"""A child begins school in the year in which they are so old. Source: opplæringslova § 2-2."""


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from a no for a household, as codes: what is lost, what is kept, what nobody has ruled on."""

    lost: tuple[str, ...]
    kept: tuple[str, ...]
    unclear: tuple[str, ...]


_WITH_THE_MUNICIPALITY = ("home", "programme", "support", "journey")


def follows_from_no(
    born: Iterable[date], on: date, *, training: Training | None, lives_privately: bool = False
) -> Follows:
    """What the members of a household lose and keep by a no, by their days of birth and the day that is asked for.

    Adults lose; of children it says what they keep, each only where there is a child of that age. Source: GUIDE 1.9,
    Vedlegg 6 (the benefit at the centre stops for adults alone).
    """
    children = [each for each in born if not is_adult(each, on)]
    at_school = [each for each in children if age_on(each, on) < SCHOOL_UNTIL]
    lives = ("private_support",) if lives_privately else ("centre_place", "centre_money")
    kept = {
        "childrens_money": bool(children) and not lives_privately,
        "school": any(on.year - each.year >= SCHOOL_FROM for each in at_school),
        "upper_secondary": len(at_school) < len(children),
        "training": training is Training.KEPT,
    }
    return Follows(
        lost=(*lives, *_WITH_THE_MUNICIPALITY, *(("training",) if training is Training.LOST else ())),
        kept=tuple(code for code, is_kept in kept.items() if is_kept),
        unclear=("training",) if training is None else (),
    )


@dataclass(frozen=True, slots=True)
class Consequences:
    """One language's text: what is lost, what stays, what is not clear (empty where a ruling says)."""

    language: str
    heading: str
    lost: tuple[str, ...]
    kept: tuple[str, ...]
    unclear: str
    only_one: str


_TEXTS: Mapping[str, Consequences] = {
    "nb": Consequences(
        "nb",
        "Hvis dere sier nei til tilbudet, mister dere",
        (
            "retten til plass på mottaket og økonomiske ytelser i mottak",
            "retten til å delta i introduksjonsprogrammet",
            "retten til introduksjonsstønad",
            "muligheten til økonomisk støtte fra kommunen",
            "retten til å få dekket reisen til kommunen",
            "retten til bolig fra kommunen",
        ),
        (
            "Barn under 16 år har fortsatt rett og plikt til å gå på skole.",
            "Ungdom mellom 16 og 18 år har fortsatt rett til videregående opplæring.",
        ),
        "Norskopplæring: Det avklares nå om retten faller bort. Spør mottaket før dere svarer.",
        "Dere får bare ett tilbud, og det kan ikke klages på. Det er frivillig å ta imot det.",
    ),
    "en": Consequences(
        "en",
        "If you say no to the offer, you lose",
        (
            "the right to a place at the reception centre and the money you receive there",
            "the right to take part in the introduction programme",
            "the right to introduction benefit",
            "the possibility of financial support from the municipality",
            "the right to have the journey to the municipality paid",
            "the right to housing from the municipality",
        ),
        (
            "Children under 16 still have the right and the duty to go to school.",
            "Young people between 16 and 18 still have the right to upper secondary education.",
        ),
        "Norwegian language training: whether this right is lost is being clarified. Ask the centre before you answer.",
        "You get only one offer, and you cannot appeal against it. Accepting it is voluntary.",
    ),
    "uk": Consequences(
        "uk",
        "Якщо ви відмовитесь від пропозиції, ви втратите",
        (
            "право на проживання в притулку для біженців та фінансову підтримку під час проживання в притулку",
            "право на участь у вступній програмі",
            "право на виплату за участь у вступній програмі",
            "можливість отримати фінансову підтримку від муніципалітету",
            "право на оплату поїздки до муніципалітету",
            "житло, яке надається муніципалітетом",
        ),
        (
            "Діти до 16 років і надалі мають право та обов'язок ходити до школи.",
            "Молодь від 16 до 18 років і надалі має право на середню освіту другого ступеня.",
        ),
        "Навчання норвезької мови: зараз з'ясовується, чи втрачається це право. "
        "Запитайте в притулку, перш ніж відповісти.",
        "Пропозиція надається тільки раз, і її не можна оскаржити. Приймати її — добровільно.",
    ),
    "ru": Consequences(
        "ru",
        "Если Вы откажетесь от предложения, Вы потеряете",
        (
            "право на место в пункте приёма беженцев и денежные пособия в пункте приёма",
            "право на участие в вводной программе",
            "право на пособие за участие в вводной программе",
            "возможность получить экономическую поддержку от муниципалитета",
            "право на оплату поездки в муниципалитет",
            "жильё, предоставляемое муниципалитетом",
        ),
        (
            "Дети до 16 лет по-прежнему имеют право и обязанность ходить в школу.",
            "Молодёжь от 16 до 18 лет по-прежнему имеет право на среднее образование второй ступени.",
        ),
        "Обучение норвежскому языку: сейчас выясняется, теряется ли это право. Спросите "
        "в пункте приёма, прежде чем ответить.",
        "Предложение делается только один раз, и обжаловать его нельзя. Принимать его — добровольно.",
    ),
}


# What a ruling says of Norwegian training: a line of what stays, and one of what is lost.
_RULED: Mapping[str, tuple[str, str]] = {
    "nb": (
        "Voksne har fortsatt rett til gratis opplæring i norsk og samfunnskunnskap.",
        "retten til gratis opplæring i norsk og samfunnskunnskap",
    ),
    "en": (
        "Adults still have the right to free training in Norwegian and social studies.",
        "the right to free training in Norwegian and social studies",
    ),
    "uk": (
        "Дорослі й надалі мають право на безкоштовне навчання норвезької мови та суспільствознавства.",
        "право на безкоштовне навчання норвезької мови та суспільствознавства",
    ),
    "ru": (
        "Взрослые по-прежнему имеют право на бесплатное обучение норвежскому языку и обществознанию.",
        "право на бесплатное обучение норвежскому языку и обществознанию",
    ),
}


def consequences_in(
    languages: Iterable[str], *, staff_language: str = "nb", training: Training | None = None
) -> tuple[Consequences, ...]:
    """The text in the staff's language first, then in each of the residents' that we have, each once.

    `training`: what the ruling in force says; without one it is said to be clarified.
    """
    wanted = dict.fromkeys([staff_language if staff_language in _TEXTS else "nb", *languages])
    return tuple(_ruled(_TEXTS[language], training) for language in wanted if language in _TEXTS)


def _ruled(text: Consequences, training: Training | None) -> Consequences:
    if training is None:
        return text
    kept, lost = _RULED[text.language]
    if training is Training.KEPT:
        return replace(text, kept=(*text.kept, kept), unclear="")
    return replace(text, lost=(*text.lost, lost), unclear="")


def languages_without_text(languages: Iterable[str]) -> tuple[str, ...]:
    """The residents' languages in which we have no text: an interpreter must say it."""
    return tuple(language for language in dict.fromkeys(languages) if language not in _TEXTS)
