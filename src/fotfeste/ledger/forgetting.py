"""What becomes of the books when the purpose of keeping a household is over: all stays, of a key that leads to nobody.

Accounts are kept (bokføringsloven); who the person was is forgotten where that is kept. Nobody, not even the owner of
the database, changes or deletes what is in the books. Answers and reasons are asked for without names.
"""

from fotfeste.kernel.forgetting import Kept

FORGOTTEN = ()
_BOOKS = "the state's accounts: amounts, months, rates and codes of a key that leads to nobody"
_MATTERS = "the state's accounts: a run or a claim, of no person; what is written is asked for without names"
KEPT = (
    Kept(
        "ledger_line",
        ("month", "cause", "rate_version", "rate_source", "month_rule", "debit", "credit"),
        _BOOKS,
    ),
    Kept("ledger_refusal", ("month",), _BOOKS),
    Kept("ledger_claimpart", ("month", "cause"), _BOOKS),
    Kept("ledger_run", ("through", "input_sha256", "stop_reason"), _MATTERS),
    Kept(
        "ledger_claim",
        (
            "noticed_on",
            "answer_due_on",
            "due_rule",
            "answer_text",
            "decision_text",
            "pay_due_on",
            "debit",
            "credit",
        ),
        _MATTERS,
    ),
    Kept("ledger_claimsettlement", ("reason", "settled_on", "debit", "credit"), _MATTERS),
)
