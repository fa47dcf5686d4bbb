"""The addresses from the queue to the municipality."""

from django.urls import path

from fotfeste.settlement.views import (
    again,
    alert,
    arrival,
    case_closing,
    changed,
    finding,
    journey,
    lived_there,
    moved,
    municipality,
    needs_asked,
    offer,
    places,
    queue,
    request,
    taking_back,
    withdrawal,
)

urlpatterns = [
    path("husstand/<str:reference>/samtale/tidlig/", alert.AlertEarlyView.as_view(), name="alert_early"),
    path("bosetting/ko/", queue.QueueView.as_view(), name="queue"),
    path("husstand/<str:reference>/kommune/", finding.FindMunicipalityView.as_view(), name="find_municipality"),
    path("husstand/<str:reference>/kommune/<str:number>/", finding.SendRequestView.as_view(), name="send_request"),
    path("husstand/<str:reference>/foresporsel/", request.SettlementRequestView.as_view(), name="settlement_request"),
    path("husstand/<str:reference>/foresporsel/trekk/", request.WithdrawRequestView.as_view(), name="withdraw_request"),
    path(
        "husstand/<str:reference>/foresporsel/los/",
        request.ReleaseMunicipalityView.as_view(),
        name="release_municipality",
    ),
    path("husstand/<str:reference>/foresporsel/svar/", request.AnswerRequestView.as_view(), name="answer_request"),
    path("husstand/<str:reference>/bosettingssak/avslutt/", case_closing.CloseCaseView.as_view(), name="close_case"),
    path("husstand/<str:reference>/bosettingssak/feil/", case_closing.AnnulClosingView.as_view(), name="annul_closing"),
    path("husstand/<str:reference>/behov/svar/", needs_asked.AnswerNeedsView.as_view(), name="answer_needs"),
    path(
        "husstand/<str:reference>/bosett-der-de-bor/",
        lived_there.SettleWhereTheyLiveView.as_view(),
        name="settle_where_they_live",
    ),
    path("husstand/<str:reference>/tilbud/", offer.MakeOfferView.as_view(), name="make_offer"),
    path("husstand/<str:reference>/tilbud/svar/", offer.OfferAnswerView.as_view(), name="register_offer_answer"),
    path("husstand/<str:reference>/tilbud/nei-feil/", taking_back.AnnulRefusalView.as_view(), name="annul_refusal"),
    path("husstand/<str:reference>/tilbud/trekk/", withdrawal.WithdrawOfferView.as_view(), name="withdraw_offer"),
    path("husstand/<str:reference>/tilbud/trukket/", withdrawal.TellWithdrawalView.as_view(), name="tell_withdrawal"),
    path(
        "husstand/<str:reference>/foresporsel/trukket/",
        withdrawal.WithdrawnRequestView.as_view(),
        name="withdrawn_request",
    ),
    path("husstand/<str:reference>/reise/", journey.ArrangeJourneyView.as_view(), name="arrange_journey"),
    path(
        "husstand/<str:reference>/reise/sporsmal/", journey.AskTravelApprovalView.as_view(), name="ask_travel_approval"
    ),
    path("husstand/<str:reference>/reise/godkjenning/", journey.ApproveTravelView.as_view(), name="approve_travel"),
    path("husstand/<str:reference>/ankomst/", arrival.ConfirmArrivalView.as_view(), name="confirm_arrival"),
    path("husstand/<str:reference>/ankomst/oppfolging/", arrival.FollowNoShowView.as_view(), name="follow_no_show"),
    path("husstand/<str:reference>/flyttet-privat/", moved.PrivateMoveView.as_view(), name="private_move"),
    path("husstand/<str:reference>/endret/", changed.HouseholdChangedView.as_view(), name="household_changed"),
    path("husstand/<str:reference>/pa-nytt/", again.HouseholdAgainView.as_view(), name="household_again"),
    path("kommuner/", municipality.MunicipalitiesView.as_view(), name="municipalities"),
    path("kommuner/<str:number>/", municipality.MunicipalityView.as_view(), name="municipality"),
    path("kommuner/<str:number>/anmodning/", places.RegisterYearRequestView.as_view(), name="register_year_request"),
    path("kommuner/<str:number>/hold-av/", places.ReservePlacesView.as_view(), name="reserve_places"),
    path("kommunen/vedtak/", places.RegisterDecisionView.as_view(), name="register_decision"),
    path("kommunen/uke/", places.WeekLimitView.as_view(), name="declare_week_limit"),
    path("kommunen/", municipality.MyMunicipalityView.as_view(), name="my_municipality"),
    path("kommunen/tilbud/", municipality.DeclareCapabilitiesView.as_view(), name="declare_capabilities"),
]
