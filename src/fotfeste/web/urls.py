"""Addresses of the shell."""

from django.urls import path

from fotfeste.web import login, login_provider, worklist
from fotfeste.web.emergency import EmergencyView
from fotfeste.web.household import HouseholdView
from fotfeste.web.looks import WhoLooksView
from fotfeste.web.own import my_centre
from fotfeste.web.search import SearchView
from fotfeste.web.unusual import ReviewLookView, UnusualLooksView
from fotfeste.web.worklist import WorklistView

urlpatterns = [
    path("", WorklistView.as_view(), name="worklist"),
    path("oppgaver/<str:reference>/ta/", worklist.TakeView.as_view(), name="take_task"),
    path("oppgaver/<str:reference>/gi-videre/", worklist.HandOverView.as_view(), name="hand_over_task"),
    path("logg-inn/", login.log_in, name="login"),
    path("logg-inn/demo/", login.choose_demo_user, name="choose_demo_user"),
    path("logg-inn/videre/", login.resume_typed, name="resume_typed"),
    path("logg-inn/okten/", login.session_left, name="session_left"),
    path("logg-inn/med/<slug:name>/", login_provider.begin_login, name="begin_login"),
    path("logg-inn/med/<slug:name>/svar/", login_provider.provider_answer, name="provider_answer"),
    path("logg-inn/med/<slug:name>/ut/", login_provider.log_out_at_provider, name="log_out_at_provider"),
    path("logg-ut/", login.log_out, name="logout"),
    path("sprak/", login.set_language, name="set_language"),
    path("sok/", SearchView.as_view(), name="search"),
    path("husstand/<str:reference>/", HouseholdView.as_view(), name="household"),
    path("husstand/<str:reference>/innsyn/", WhoLooksView.as_view(), name="who_looks"),
    path("nodinnsyn/", EmergencyView.as_view(), name="emergency"),
    path("uvanlig-innsyn/", UnusualLooksView.as_view(), name="unusual_looks"),
    path("uvanlig-innsyn/<str:look>/<str:rule>/", ReviewLookView.as_view(), name="review_look"),
    path("mottaket/", my_centre, name="my_centre"),
]
