"""Every code of a refusal has one sentence: two packages that use a code would silently share one of them."""

from collections import Counter
from importlib import import_module

from django.conf import settings


def test_no_two_packages_have_a_sentence_for_one_code() -> None:
    codes = Counter(code for module in settings.FOTFESTE_SENTENCES for code in import_module(module).SENTENCES)
    assert [code for code, times in codes.items() if times > 1] == []
