"""What becomes of who they are when the purpose of keeping it is over."""

from fotfeste.kernel.forgetting import NOTHING_WRITTEN, Forgotten, Kept, Part

# A name is wanted by the database; everyone's is this one.
_NOBODY = "'Anonymisert'"
_BORN = "extract(year FROM t.birth_date)::integer"
_ALIKE = """(SELECT count(*) FROM registry_persondetails o
    WHERE o.annulled_at IS NULL AND o.sex = t.sex
      AND extract(year FROM o.birth_date) = extract(year FROM t.birth_date){more})"""
_ALIKE_HERE = _ALIKE.format(more=" AND o.citizenship = t.citizenship")

FORGOTTEN = (
    Forgotten(table="registry_outsidecontact", part=Part.CONTACTS, is_fact=True),
    Forgotten(
        table="registry_correction",
        part=Part.TEXTS,
        sets={"text": f"CASE t.text WHEN '' THEN '' ELSE {NOTHING_WRITTEN} END"},
        is_fact=True,
    ),
    # What was believed before holds names and birthdays too: only the present row stays, without them. Where few share
    # year of birth, sex and citizenship, the citizenship goes, and where still few do, the year becomes the decade.
    Forgotten(
        table="registry_persondetails",
        part=Part.IDENTITY,
        whose="t.subject_id = ANY (%(subjects)s) AND t.annulled_at IS NOT NULL",
        is_fact=True,
    ),
    Forgotten(
        table="registry_persondetails",
        part=Part.IDENTITY,
        sets={
            "given_name": _NOBODY,
            "family_name": _NOBODY,
            "original_name": "''",
            "birth_date": f"make_date(CASE WHEN {_ALIKE.format(more='')} < %(small)s"
            f" THEN {_BORN} / 10 * 10 ELSE {_BORN} END, 1, 1)",
            "citizenship": f"CASE WHEN {_ALIKE_HERE} < %(small)s THEN 'XXX' ELSE t.citizenship END",
            "needs_interpreter": "true",
            "supersedes_id": "NULL::bigint",
        },
        is_fact=True,
    ),
    Forgotten(table="registry_identifier", part=Part.IDENTITY, is_fact=True),
    Forgotten(table="registry_personlanguage", part=Part.IDENTITY, is_fact=True),
    Forgotten(
        table="registry_relation",
        part=Part.IDENTITY,
        whose="(t.subject_id = ANY (%(subjects)s) OR t.other_id = ANY (%(subjects)s))",
        is_fact=True,
    ),
    Forgotten(table="registry_searchtoken", part=Part.IDENTITY),
    Forgotten(
        table="registry_duplicateproposal",
        part=Part.IDENTITY,
        whose="(t.subject_id = ANY (%(subjects)s) OR t.other_id = ANY (%(subjects)s))",
    ),
    # The number is on letters and in other systems; a negative one is nobody's.
    Forgotten(
        table="registry_placementgroup",
        part=Part.IDENTITY,
        sets={"number": "-t.subject_id", "youngest_born_on": "NULL::date", "version": "t.version + 1"},
        whose="t.subject_id = %(household)s",
    ),
)
_TIMES = "days and places of the statistics, of a key that leads to nobody"
KEPT = (
    Kept("registry_person", ("registered_on",), _TIMES),
    Kept("registry_placementgroup", ("created_on", "emptied_on"), _TIMES),
    Kept("registry_groupmembership", ("period",), _TIMES),
    Kept("registry_statusevent", ("holds_on",), _TIMES),
    Kept("registry_correction", ("holds_on",), _TIMES),
)
