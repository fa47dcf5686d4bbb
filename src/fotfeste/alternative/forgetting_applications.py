"""What becomes of applications and agreements when their purpose is over; one of nobody known goes by its age."""

from collections.abc import Mapping

from fotfeste.kernel.forgetting import NOTHING_WRITTEN, Forgotten, Kept, Part, Swept

_OF_THEIRS = "t.application_id IN (SELECT a.id FROM alternative_application a WHERE a.subject_id = ANY (%(subjects)s))"
_OF_NOBODY = "t.application_id IN (SELECT a.id FROM alternative_application a WHERE a.subject_id IS NULL)"
_RULE = "retention.unmatched_application_months"


def _blanked(column: str) -> str:
    return f"CASE t.{column} WHEN '' THEN '' ELSE {NOTHING_WRITTEN} END"


# Who they are, whom they live with and who helped them.
_WHO: Mapping[str, str] = {
    "link_hash": "''",
    "helper_name": _blanked("helper_name"),
    "helper_relation": "''",
    "contact": "''",
    "language": "''",
    "street": "''",
    "postal_code": "''",
    "host_name": "''",
    "host_contact": "''",
}
APPLICATIONS = (
    # The host is somebody outside: who it was goes with the guardians.
    Forgotten(table="alternative_application", part=Part.CONTACTS, sets={"host_name": "''", "host_contact": "''"}),
    Forgotten(table="alternative_application", part=Part.TEXTS, sets={"answer_text": _blanked("answer_text")}),
    Forgotten(
        table="alternative_confirmation",
        part=Part.TEXTS,
        sets={"reason": _blanked("reason"), "signer_name": _blanked("signer_name")},
        whose=_OF_THEIRS,
    ),
    Forgotten(table="alternative_applicationperson", part=Part.TEXTS, sets={"adaptation": "''"}, whose=_OF_THEIRS),
    Forgotten(table="alternative_applicationperson", part=Part.IDENTITY, whose=_OF_THEIRS),
    Forgotten(table="alternative_confirmation", part=Part.IDENTITY, whose=_OF_THEIRS),
    Forgotten(
        table="alternative_application",
        part=Part.IDENTITY,
        sets={**_WHO, "decision": "'{}'::jsonb", "annulled_decision": "'{}'::jsonb"},
        renewed=("reference",),
    ),
)
_FIGURES = "days, scheme, municipality and outcome of the statistics, of a key that leads to nobody"
_KEPT_COLUMNS = (
    "received_on",
    "submitted_on",
    "matched_on",
    "asked_on",
    "answered_on",
    "preliminary_on",
    "decided_on",
    "starts_on",
    "withdrawn_on",
    "living_there_since",
    "wanted_from",
)
KEPT_APPLICATIONS = (
    Kept("alternative_application", _KEPT_COLUMNS, _FIGURES),
    Kept("alternative_agreement", ("period", "municipality_id", "scheme", "end_cause"), _FIGURES),
)
# Nobody was found whom it could be about. What hangs on the application goes first, each by its own age: a link that
# was renewed, or a file that came later, keeps the application until it is over too.
_LEFT_ALONE = """t.subject_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM alternative_applicationperson o WHERE o.application_id = t.id)
    AND NOT EXISTS (SELECT 1 FROM alternative_confirmation o WHERE o.application_id = t.id)
    AND NOT EXISTS (SELECT 1 FROM alternative_applicationdocument o WHERE o.application_id = t.id)"""
_SENT_ALONG = """t.id IN (
    SELECT d.file_id FROM alternative_applicationdocument d JOIN alternative_application a ON a.id = d.application_id
    WHERE a.subject_id IS NULL)"""
SWEPT_APPLICATIONS = (
    Swept(rule=_RULE, table="alternative_applicationperson", counts_from="recorded_at", only=_OF_NOBODY),
    Swept(rule=_RULE, table="alternative_confirmation", counts_from="recorded_at", only=_OF_NOBODY),
    # That it was sent along goes with the file.
    Swept(
        rule=_RULE,
        table="platform_file",
        counts_from="stored_at",
        only=_SENT_ALONG,
    ),
    Swept(
        rule=_RULE,
        table="alternative_application",
        counts_from="recorded_at",
        only=_LEFT_ALONE,
    ),
)
