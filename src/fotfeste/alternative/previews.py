"""What a letter about an application will say first, to be read before it is decided."""

from datetime import datetime

from fotfeste.alternative.domain.types import RefusalGround
from fotfeste.alternative.letters import GROUNDS
from fotfeste.alternative.models import Application
from fotfeste.kernel.calendar import legal_day
from fotfeste.letters.public import Language, LetterKind, first_words
from fotfeste.platform import words


def refusal_in_words(application: Application, ground: RefusalGround, at: datetime) -> tuple[str, ...]:
    """The first sentences of a refusal on a ground, in the language of the page; the letter is in the applicants'."""
    names = list(application.persons.order_by("position").values_list("name", flat=True))
    facts = {"names": names, "scheme": str(application.scheme), "grounds": [GROUNDS[ground]]}
    language = Language.EN if words.language() == "en" else Language.NB
    return first_words(LetterKind.REFUSED, language, facts, legal_day(at))
