"""Two what-ifs side by side: what is otherwise, what each came to, and which municipalities receive more or fewer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.allocation.domain.policy import differences
from fotfeste.allocation.queries.what_ifs import Answer, answer_of, differing, others_to_compare, policy_asked
from fotfeste.allocation.views.what_ifs import OfWhatIfs
from fotfeste.allocation.words_policy import difference_sentence
from fotfeste.allocation.words_what_ifs import lines_of, more_in_a_sentence

MOST_SHOWN = 25


class CompareWhatIfsView(OfWhatIfs):
    """A what-if beside another: the one that the address names, else the latest on the same facts that changes nothing,
    else the latest.
    """

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The comparison; where there is no other answer, that there is none."""
        answer = answer_of(self.viewer, reference)
        others = others_to_compare(self.viewer, answer.what_if)
        named, asked = self.named(others), request.GET.get("med", "")
        chosen = asked if any(each == asked for each, _title in named) else named[0][0] if named else ""
        context = {
            "what_if": answer.what_if,
            "title": self.title(answer.what_if),
            "others": [(each, title, each == chosen) for each, title in named],
            "chosen": chosen,
        }
        if chosen:
            context |= self._compared(answer_of(self.viewer, chosen), answer)
        return render(request, "allocation/compare_what_ifs.html", context)

    def _compared(self, other: Answer, answer: Answer) -> dict[str, Any]:
        """The other first: this one is what is asked about."""
        both = zip(lines_of(other), lines_of(answer), strict=True)
        places = differing(other, answer)
        policies = policy_asked(other.what_if), policy_asked(answer.what_if)
        return {
            "answer": more_in_a_sentence(other, answer),
            "other_title": self.title(other.what_if),
            "both": [(self.title(each.what_if), each) for each in (other, answer)],
            "rests_on_the_same": other.what_if.input_sha256 == answer.what_if.input_sha256,
            "policy": [difference_sentence(each) for each in differences(*policies)],
            "sums": [(what, before, after) for (what, before), (_what, after) in both],
            "places": [(row, self.names.get(row.number, row.number)) for row in places[:MOST_SHOWN]],
            "more_places": max(0, len(places) - MOST_SHOWN),
        }
