"""The addresses of accommodation."""

from django.urls import path

from fotfeste.accommodation.views import (
    absence,
    arrival,
    centre,
    departure,
    missing,
    new_address,
    placing,
    private_corrected,
    taking_back,
)
from fotfeste.accommodation.views import administration as admin

urlpatterns = [
    path("husstand/<str:reference>/plassering/", placing.PlaceGroupView.as_view(), name="place_group"),
    path("husstand/<str:reference>/senger/", placing.AssignBedsView.as_view(), name="assign_beds"),
    path("husstand/<str:reference>/avreise/", departure.DepartureView.as_view(), name="register_departure"),
    path("husstand/<str:reference>/avreise-feil/", taking_back.AnnulDepartureView.as_view(), name="annul_departure"),
    path("husstand/<str:reference>/ny-adresse/", new_address.NewAddressView.as_view(), name="register_new_address"),
    path("husstand/<str:reference>/ankomstdag/", arrival.CorrectArrivalView.as_view(), name="correct_arrival"),
    path(
        "husstand/<str:reference>/bor-privat-feil/",
        private_corrected.CorrectPrivateStayView.as_view(),
        name="correct_private_stay",
    ),
    path("husstand/<str:reference>/fravaer/", absence.AbsenceView.as_view(), name="register_absence"),
    path("husstand/<str:reference>/permisjon/", absence.LeaveView.as_view(), name="grant_leave"),
    path("husstand/<str:reference>/trekk-permisjon/", absence.LeaveWithdrawalView.as_view(), name="withdraw_leave"),
    path("husstand/<str:reference>/flytt-retur/", absence.MoveReturnView.as_view(), name="move_return"),
    path("husstand/<str:reference>/tilbake/", absence.ReturnView.as_view(), name="register_return"),
    path("husstand/<str:reference>/meld-borte/", missing.ReportMissingView.as_view(), name="report_missing"),
    path("husstand/<str:reference>/mindrearig-borte/", missing.MissingSeenView.as_view(), name="missing_minor"),
    path("postnummer/", departure.PostalPlaceView.as_view(), name="postal_place"),
    path("mottak/", centre.CentresView.as_view(), name="centres"),
    path("mottak/<str:reference>/", centre.CentreView.as_view(), name="centre"),
    path("mottak/<str:reference>/drift/", admin.OperationView.as_view(), name="centre_operation"),
    path("mottak/<str:reference>/legg-ned/", admin.ClosingView.as_view(), name="close_centre"),
    path("mottak/<str:reference>/rom/", admin.RoomsView.as_view(), name="centre_rooms"),
    path("rom/<str:reference>/senger/", admin.AddBedsView.as_view(), name="add_beds"),
    path("rom/<str:reference>/<str:bed>/sperr/", admin.BlockBedView.as_view(), name="block_bed"),
    path("rom/<str:reference>/<str:bed>/opphev/", admin.UnblockBedView.as_view(), name="unblock_bed"),
]
