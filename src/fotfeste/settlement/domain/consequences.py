"""What accepting gives and what a no to the offer costs, in the languages that we have (GUIDE 1.7.1, 1.9,
Vedlegg 2-5).

The Ukrainian and Russian words for place, benefits, housing and money are the guide's own (Vedlegg 3 and 4);
the rest of these translations are ours. On Norwegian training the sources contradict each other (1.9: kept;
Vedlegg 2-5: lost), so the text says that it is being clarified, and neither.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Consequences:
    """One language's text: what is lost, what stays, what is not clear."""

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


def consequences_in(languages: Iterable[str], *, staff_language: str = "nb") -> tuple[Consequences, ...]:
    """The text in the staff's language first, then in each of the residents' that we have, each once."""
    wanted = dict.fromkeys([staff_language if staff_language in _TEXTS else "nb", *languages])
    return tuple(_TEXTS[language] for language in wanted if language in _TEXTS)


def languages_without_text(languages: Iterable[str]) -> tuple[str, ...]:
    """The residents' languages in which we have no text: an interpreter must say it."""
    return tuple(language for language in dict.fromkeys(languages) if language not in _TEXTS)
