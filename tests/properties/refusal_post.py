"""What was sent in refusals since a moment, and what was registered as sent: each letter is to those who are said."""

from tests.properties.whole import rows

# The letters of each step; a petition goes to the enforcement officer, and a letter about it to the resident.
_LETTERS = {
    "first_letter": ("refusal_first",),
    "eviction_notice": ("eviction_notice",),
    "petition": ("eviction_petition", "petition"),
    "days_told": ("days_changed",),
    "petition_recalled": ("petition_changed",),
    "petition_paused": ("petition_changed",),
    "petition_upheld": ("petition_changed",),
}
_KINDS = sorted({letter for letters in _LETTERS.values() for letter in letters})
_LAST = """
    SELECT coalesce((SELECT max(id) FROM refusal_refusalevent), 0),
        coalesce((SELECT max(id) FROM letters_letter), 0)
"""
_REGISTERED = "SELECT kind, resident_id FROM refusal_refusalevent WHERE id > %s AND kind = ANY(%s)"
_SENT = "SELECT kind, unnest(also_about), sent_at IS NOT NULL FROM letters_letter WHERE id > %s AND kind = ANY(%s)"
_OF_THE_DEADLINE = """
    SELECT kind, unnest(also_about) FROM letters_letter
    WHERE kind = 'deadline_to_move' OR kind = 'refusal_void' AND facts -> 'letters' @> '[{"what": "deadline_to_move"}]'
    ORDER BY id
"""
type Moment = tuple[int, int]


def now() -> Moment:
    """The last event and the last letter."""
    [(event, letter)] = rows(_LAST)
    return int(event), int(letter)


def not_as_registered(since: Moment) -> list[tuple[str, int]]:
    """Letters that went to somebody of whom no such step is registered, and steps without their letter."""
    events, letters = since
    registered = rows(_REGISTERED, [events, [*_LETTERS]])
    wanted = [(letter, int(who)) for kind, who in registered for letter in _LETTERS[kind]]
    found = rows(_SENT, [letters, _KINDS])
    assert all(is_sent for _, _, is_sent in found)
    sent = [(str(kind), int(who)) for kind, who, _ in found]
    return [each for each in {*wanted, *sent} if wanted.count(each) != sent.count(each)]


def holding_deadline_letter() -> frozenset[int]:
    """Whom IMDi has written to of its deadline, and who was not told since that the letter is void."""
    last = {int(who): str(kind) for kind, who in rows(_OF_THE_DEADLINE)}
    return frozenset(who for who, kind in last.items() if kind == "deadline_to_move")
