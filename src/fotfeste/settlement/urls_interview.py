"""Addresses of the interview."""

from django.urls import path

from fotfeste.settlement.views.interview import InterviewView, LeafletView, ReadyForSettlementView
from fotfeste.settlement.views.interview_acts import FinishInterviewView, MappingNoteView, ParticipantsView
from fotfeste.settlement.views.interview_answers import AnswersView
from fotfeste.settlement.views.interview_notes import NotesView, PassOnView
from fotfeste.settlement.views.interview_preparing import GiveInformationView, InviteView, PlanInterviewView
from fotfeste.settlement.views.needs import ChangeNeedsView
from fotfeste.settlement.views.reopening import ReopenInterviewView
from fotfeste.settlement.views.taking_back import TakeBackPassedOnView

_INTERVIEW = "husstand/<str:reference>/samtale/"

urlpatterns = [
    path("klare-for-bosetting/", ReadyForSettlementView.as_view(), name="ready_for_settlement"),
    path(_INTERVIEW, InterviewView.as_view(), name="interview"),
    path(f"{_INTERVIEW}informasjon/", GiveInformationView.as_view(), name="give_information"),
    path(f"{_INTERVIEW}avtale/", PlanInterviewView.as_view(), name="plan_interview"),
    path(f"{_INTERVIEW}innkalling/", InviteView.as_view(), name="invite_to_interview"),
    path(f"{_INTERVIEW}ark/<str:language>/", LeafletView.as_view(), name="interview_leaflet"),
    path(f"{_INTERVIEW}svar/<str:person>/", AnswersView.as_view(), name="interview_answers"),
    path(f"{_INTERVIEW}barn/", ParticipantsView.as_view(), name="interview_participants"),
    path(f"{_INTERVIEW}kartlegging/", MappingNoteView.as_view(), name="mapping_note"),
    path(f"{_INTERVIEW}fullfor/", FinishInterviewView.as_view(), name="finish_interview"),
    path(f"{_INTERVIEW}rett/", ReopenInterviewView.as_view(), name="reopen_interview"),
    path("husstand/<str:reference>/merknader/", NotesView.as_view(), name="settlement_notes"),
    path("husstand/<str:reference>/behov/", ChangeNeedsView.as_view(), name="change_needs"),
    path("husstand/<str:reference>/gi-videre/", PassOnView.as_view(), name="pass_on"),
    path("husstand/<str:reference>/gi-videre/trekk/", TakeBackPassedOnView.as_view(), name="take_back_passed_on"),
]
