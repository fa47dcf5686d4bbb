"""The sentences of agreed self-settlement: why something cannot be done, and what stands out in a home."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASKED_SENTENCES: Mapping[str, str | Promise] = {
    "no_case": _("Husstanden har ingen bosettingssak."),
    "has_municipality": _("En kommune er spurt, eller har sagt ja, allerede. Da er ikke avtalt selvbosetting mulig."),
    "no_permit_yet": _("Ingen i husstanden har tillatelse ennå."),
    "had_its_offer": _("Noen i husstanden har hatt tilbudet sitt fra IMDi. Da er ikke avtalt selvbosetting mulig."),
    "minor_alone": _("En enslig mindreårig leier ikke bolig alene. Kommunen ordner bolig når IMDi har funnet en."),
    "asks_already": _("Husstanden spør en kommune allerede. Trekk den forespørselen først."),
    "said_no_for_good": _("Kommunen sa nei {on}, og det gjelder til vilkårene endres. Velg en annen kommune."),
    "said_no_until": _("Kommunen sa nei {on}. Den kan spørres igjen fra {until}. Velg en annen kommune nå."),
    "why_there_missing": _("Velg minst én grunn til at de vil bo der."),
    "self_settlement_in_the_past": _("{day} er passert. Skriv en dag fra i dag."),
    "no_self_settlement": _("Husstanden har ingen forespørsel om avtalt selvbosetting nå."),
    "one_self_settlement_under_way": _("Husstanden spør en kommune allerede. Trekk den forespørselen først."),
    "self_settlement_no_reason_missing": _("Velg hvorfor dere sier nei."),
    "self_settlement_no_needs_words": _("Skriv hvorfor dere sier nei."),
    "self_settlement_cause_missing": _("Velg hvorfor de trekker forespørselen."),
    "money_is_negative": _("Beløp kan ikke være under 0."),
    "number_is_negative": _("Tall kan ikke være under 0."),
    "home_has_no_room": _("Skriv hvor mange rom boligen har, minst 1."),
    "who_pays_deposit_missing": _("Velg hvem som betaler depositumet. Er det ikke depositum, skriv 0 og velg det."),
    "empty_rent_without_payer": _("Velg hvem som betaler for de tomme dagene, eller ta bort dager og beløp."),
    "empty_rent_incomplete": _("Noen betaler for tomme dager. Skriv fra hvilken dag, til og med hvilken, og hvor mye."),
    "empty_rent_before_rent": _("Leien begynner {day}. Før det er det ingen leie å betale."),
    "empty_rent_ends_first": _("Skriv en dag fra {day}."),
    "somebody_pays_for_empty_days": _("Skriv hvem som betaler for tomme dager, hvilke dager det er, og hvor mye."),
    "contract_is_signed_already": _(
        "Kontrakten er signert allerede, og kan ikke godkjennes slik. Skriv hva de må få endret, for eksempel at den"
        " gjelder først når kommunen har godkjent den."
    ),
    "checks_missing": _("{count} punkter på listen er ikke krysset av. Er noe ikke i orden, skriv hva som må endres."),
    "what_must_change_missing": _("Skriv hva som må endres før dere kan godkjenne."),
    "no_home_waits": _("Det ligger ingen bolig her nå. Last siden på nytt."),
    "home_is_for_others": _(
        "Kommunen godkjente boligen for {approved}, og nå er de {now}. Kommunen må se på boligen på nytt først."
    ),
    "home_is_for_them_all": _("Boligen er godkjent for så mange som de er. Det er ikke noe å se på på nytt."),
    "no_is_told": _("Det er registrert at husstanden vet det."),
    "self_settlement_partner_missing": _("Skriv hvem i kommunen dere er blitt enige med."),
    "self_settlement_not_agreed_needs_words": _("Skriv hvorfor dere ikke ble enige."),
    "agree_or_not_missing": _("Velg om dere er enige."),
    "interview_comes_first": _(
        "Bosettingssamtalen er ikke holdt. Hold den først, så kommunen får vite hva de trenger."
    ),
    "moved_in_ahead_of_time": _("{day} er ikke kommet. Registrer det når de har flyttet inn."),
    "moved_in_before_agreement": _("IMDi og kommunen ble enige {day}. De kan ikke ha flyttet inn før det."),
    "moved_in_before_rent": _("Leien begynner {day}. Flyttet de inn før den dagen, kryss av for at det er ment."),
}
# What stands out in a home, and what a plan for the queue does.
ASKED_REASONS: Mapping[str, str | Promise] = {
    "already_signed": _("Kontrakten er signert. Den skal godkjennes av kommunen før den signeres."),
    "crowded": _("Trangt: {persons} personer på {rooms} rom."),
    "deposit_too_high": _("Depositumet er over {most} måneders husleie. Loven tillater ikke mer."),
    "notice_too_short": _("Oppsigelsestiden i måneder er {months}. Etter loven er den minst {least}."),
    "term_too_short": _("Leietiden i måneder er {months}. Etter loven er en tidsbestemt kontrakt minst {least}."),
    "empty_rent_not_in_terms": _("De regner med at kommunen betaler mens boligen står tom. Vilkårene sier nei."),
    "empty_rent_to_assess": _("De regner med at kommunen betaler mens boligen står tom. Det vurderes hver gang."),
    "empty_rent_not_published": _(
        "De regner med at kommunen betaler mens boligen står tom. Kommunen har ikke publisert noe om det."
    ),
    "empty_rent_over_rent": _("Beløpet for de tomme dagene er høyere enn husleien for dem."),
    "waits_for_answer": _("Ber om avtalt selvbosetting i {municipality} siden {asked_on}. Planen venter til {until}."),
    "waits_for_home": _("{municipality} har sagt ja til avtalt selvbosetting. Planen venter til {until}."),
    "waits_for_agreement": _(
        "{municipality} har godkjent bolig og kontrakt. IMDi skal bli enig med kommunen. Planen venter til {until}."
    ),
    "waits_for_imdi": _("IMDi er enig med {municipality} om avtalt selvbosetting."),
    "waited_long_enough": _(
        "Ber om avtalt selvbosetting i {municipality} siden {asked_on}. Planen har ventet lenge nok, og tar dem med."
    ),
}
