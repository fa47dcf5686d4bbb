"""The kinds of tasks from the queue to the municipality: their words, and where they are done."""

from django.utils.translation import gettext

from fotfeste.directory.public import ContactTopic
from fotfeste.settlement.domain.booking import BookingTask
from fotfeste.settlement.queries.withdrawals import request_names
from fotfeste.settlement.task_kinds_interview import TELL_WITHDRAWAL
from fotfeste.worklist.public import TaskKind

SEE_PRIVATE_MOVE = "see_private_move"  # also of those who left the country, are gone or dead: the cause says which
DECIDE_WITHOUT_PERMIT = "decide_without_permit"
SEE_WITHDRAWAL = "see_withdrawal"
CANCEL_INTERPRETER = "cancel_interpreter"
CANCEL_JOURNEY = "cancel_journey"
ANSWER_CAR_CLAIM = "answer_car_claim"
SEND_CAR_CLAIM = "send_car_claim"
SEE_DENIED_CLAIM = "see_denied_claim"
FIT_CAR = "fit_car"  # the household has grown or shrunk since it was agreed who is in the car
# What somebody has to see, to cancel or to answer, although the case has ended.
OUTLIVES_THE_CASE = frozenset(
    {
        *(SEE_PRIVATE_MOVE, SEE_WITHDRAWAL, CANCEL_INTERPRETER, CANCEL_JOURNEY),
        *(ANSWER_CAR_CLAIM, SEND_CAR_CLAIM, SEE_DENIED_CLAIM),
    }
)
SEE_HOUSEHOLD_AGAIN = "see_household_again"
NEED_NOT_MET = "settlement.need_not_met"  # the one cause of it that can come to an end by itself
CONFIRM_NEED = "confirm_need"
SEE_CHANGE = "see_change"
FOLLOW_REFUSAL = "follow_refusal"
FOLLOW_SETTLED = "follow_settled"  # those who said yes when the others of the household had moved
HOLDS_OFFER = "refusal_hold"  # that package's task of a municipality's
OF_REFUSAL = "refusal_"  # what the kinds of that package begin with: as long as it goes on, somebody has one
FOLLOW_NO_SHOW = "follow_no_show"

_SETTLEMENT, _TRAVEL, _ARRIVAL = ContactTopic.SETTLEMENT, ContactTopic.TRAVEL, ContactTopic.ARRIVAL

OFFER_KINDS: tuple[TaskKind, ...] = (
    TaskKind(
        "find_municipality", lambda: gettext("Finn bosettingskommune"), "find_municipality", ContactTopic.SETTLEMENT
    ),
    TaskKind(
        "answer_request", lambda: gettext("Svar på forespørsel om bosetting"), "answer_request", ContactTopic.SETTLEMENT
    ),
    TaskKind(CONFIRM_NEED, lambda: gettext("Svar om dere kan dekke et nytt behov"), "answer_needs", _SETTLEMENT),
    TaskKind("follow_request", lambda: gettext("Følg opp svar fra kommunen"), "settlement_request", _SETTLEMENT),
    TaskKind("make_offer", lambda: gettext("Gi tilbud om bosetting"), "make_offer", _SETTLEMENT),
    TaskKind(
        "register_offer_answer",
        lambda: gettext("Registrer svar på tilbudet"),
        "register_offer_answer",
        ContactTopic.SETTLEMENT,
    ),
    TaskKind(
        DECIDE_WITHOUT_PERMIT,
        lambda: gettext("Vurder saken: ingen har tillatelse"),
        "close_case",
        _SETTLEMENT,
    ),
    TaskKind(
        TELL_WITHDRAWAL,
        lambda: gettext("Fortell husstanden at tilbudet er trukket tilbake"),
        "tell_withdrawal",
        _SETTLEMENT,
    ),
    TaskKind(
        SEE_WITHDRAWAL,
        lambda: gettext("Se at forespørselen er trukket tilbake"),
        "withdrawn_request",
        _SETTLEMENT,
        is_notice=True,
        name_of=request_names,
    ),
    TaskKind("arrange_journey", lambda: gettext("Avtal reisen med kommunen"), "arrange_journey", _TRAVEL),
    TaskKind("approve_travel", lambda: gettext("Svar på spørsmål om reisemåte"), "approve_travel", _TRAVEL),
    TaskKind(BookingTask.BOOK, lambda: gettext("Bestill reisen"), "write_booking", _TRAVEL),
    TaskKind(BookingTask.TELL, lambda: gettext("Gi reisebyrået beskjed om endringen"), "write_booking", _TRAVEL),
    TaskKind(BookingTask.SEND, lambda: gettext("Send meldingen til reisebyrået"), "send_booking", _TRAVEL),
    TaskKind(BookingTask.FOLLOW, lambda: gettext("Få svar fra reisebyrået"), "answer_booking", _TRAVEL),
    TaskKind(FIT_CAR, lambda: gettext("Endre reisen: husstanden passer ikke med bilen"), "arrange_journey", _TRAVEL),
    TaskKind(SEND_CAR_CLAIM, lambda: gettext("Send krav for egen bil til UDI"), "send_car_claim", _TRAVEL),
    TaskKind(SEE_DENIED_CLAIM, lambda: gettext("Se at UDI avslo krav for egen bil"), "resend_car_claim", _TRAVEL),
    TaskKind(ANSWER_CAR_CLAIM, lambda: gettext("Avgjør krav for egen bil"), "decide_car_claim", _TRAVEL),
    TaskKind(
        "register_departure", lambda: gettext("Registrer avreise samme dag"), "register_departure", ContactTopic.TRAVEL
    ),
    TaskKind("prepare_arrival", lambda: gettext("Forbered mottak av husstanden"), "household", _ARRIVAL),
    TaskKind(
        "receive_household", lambda: gettext("Bekreft at husstanden er kommet"), "confirm_arrival", ContactTopic.ARRIVAL
    ),
    TaskKind(FOLLOW_NO_SHOW, lambda: gettext("Følg opp at husstanden ikke kom"), "follow_no_show", _SETTLEMENT),
    TaskKind(SEE_PRIVATE_MOVE, lambda: gettext("Se hvem som ikke er der lenger"), "private_move", _SETTLEMENT),
    TaskKind(CANCEL_INTERPRETER, lambda: gettext("Avbestill tolken"), "cancel_bookings", _SETTLEMENT),
    TaskKind(CANCEL_JOURNEY, lambda: gettext("Avbestill reisen"), "cancel_bookings", _TRAVEL),
    TaskKind(FOLLOW_REFUSAL, lambda: gettext("Følg opp at husstanden takket nei"), "household", _SETTLEMENT),
    TaskKind(
        FOLLOW_SETTLED, lambda: gettext("Følg opp dem som sa ja etter at de andre flyttet"), "household", _SETTLEMENT
    ),
    TaskKind(SEE_CHANGE, lambda: gettext("Se at husstanden er endret"), "household_changed", _SETTLEMENT),
    TaskKind(SEE_HOUSEHOLD_AGAIN, lambda: gettext("Se husstanden på nytt"), "household_again", _SETTLEMENT),
)
