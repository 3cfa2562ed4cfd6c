"""Addresses of the screens, below the admin's "chapters/"."""

from django.urls import path

from . import access, audit, behind, listing, opening, people, queue, settings, status, things

app_name = "chapters_admin"
urlpatterns = [
    path("", listing.ChapterList.as_view(), name="list"),
    path("open/", opening.OpenChapter.as_view(), name="open"),
    path("health/", listing.HealthReport.as_view(), name="health"),
    path("things/<slug:listed>/", things.ThingsList.as_view(), name="things"),
    path("things/<slug:listed>/new/", things.NewThing.as_view(), name="new"),
    path("things/<slug:listed>/<int:pk>/write/<slug:language>/", things.WriteMissing.as_view(), name="write_missing"),
    path("write/<slug:ref>/<slug:language>/", things.WriteLanguage.as_view(), name="write"),
    path("reviews/", queue.Queue.as_view(), name="reviews"),
    path("translations/", behind.Behind.as_view(), name="translations"),
    path("translations/<slug:ref>/<slug:language>/", behind.BeginOffered.as_view(), name="begin_offered"),
    path("audit/", audit.AuditTrail.as_view(), name="audit"),
    path("switch/", things.SwitchChapter.as_view(), name="switch"),
    path("access/", access.AccessReport.as_view(), name="access"),
    path("access/results/", access.AccessReport.as_view(results_only=True), name="access_results"),
    path("people/<int:pk>/", people.PersonRoles.as_view(), name="person"),
    path("people/<int:pk>/leave/", people.LeaveAll.as_view(), name="person_leave"),
    path("roles/<int:pk>/end/", people.EndRole.as_view(), name="end_role"),
    path("invitations/<int:pk>/withdraw/", people.WithdrawInvitation.as_view(), name="withdraw_invitation"),
    path("of/<slug:code>/", settings.ChapterSettings.as_view(), name="edit"),
    path("of/<slug:code>/people/", people.ChapterPeople.as_view(), name="people"),
    path("of/<slug:code>/people/<int:pk>/leave/", people.Leave.as_view(), name="leave"),
    path("of/<slug:code>/<slug:step>/", status.ChangeStatus.as_view(), name="status"),
]
