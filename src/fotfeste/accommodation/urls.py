"""The addresses of accommodation."""

from django.urls import path

from fotfeste.accommodation.views import administration as admin
from fotfeste.accommodation.views import arrival, centre, leaving, placing, private_corrected, taking_back

urlpatterns = [
    path("husstand/<str:reference>/plassering/", placing.PlaceGroupView.as_view(), name="place_group"),
    path("husstand/<str:reference>/senger/", placing.AssignBedsView.as_view(), name="assign_beds"),
    path("husstand/<str:reference>/avreise/", leaving.DepartureView.as_view(), name="register_departure"),
    path("husstand/<str:reference>/avreise-feil/", taking_back.AnnulDepartureView.as_view(), name="annul_departure"),
    path("husstand/<str:reference>/ankomstdag/", arrival.CorrectArrivalView.as_view(), name="correct_arrival"),
    path(
        "husstand/<str:reference>/bor-privat-feil/",
        private_corrected.CorrectPrivateStayView.as_view(),
        name="correct_private_stay",
    ),
    path("husstand/<str:reference>/fravaer/", leaving.AbsenceView.as_view(), name="register_absence"),
    path("husstand/<str:reference>/permisjon/", leaving.LeaveView.as_view(), name="grant_leave"),
    path("husstand/<str:reference>/trekk-permisjon/", leaving.LeaveWithdrawalView.as_view(), name="withdraw_leave"),
    path("husstand/<str:reference>/tilbake/", leaving.ReturnView.as_view(), name="register_return"),
    path("postnummer/", leaving.PostalPlaceView.as_view(), name="postal_place"),
    path("mottak/", centre.CentresView.as_view(), name="centres"),
    path("mottak/<str:reference>/", centre.CentreView.as_view(), name="centre"),
    path("mottak/<str:reference>/drift/", admin.OperationView.as_view(), name="centre_operation"),
    path("mottak/<str:reference>/legg-ned/", admin.ClosingView.as_view(), name="close_centre"),
    path("mottak/<str:reference>/rom/", admin.RoomsView.as_view(), name="centre_rooms"),
    path("rom/<str:reference>/senger/", admin.AddBedsView.as_view(), name="add_beds"),
    path("rom/<str:reference>/<str:bed>/sperr/", admin.BlockBedView.as_view(), name="block_bed"),
    path("rom/<str:reference>/<str:bed>/opphev/", admin.UnblockBedView.as_view(), name="unblock_bed"),
]
