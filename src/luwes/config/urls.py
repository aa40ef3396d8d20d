"""Every address, one include per domain word."""

from django.urls import URLPattern, URLResolver, include, path

from luwes.api.app import api
from luwes.web.frame import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("luwes.web.home.urls")),
    path("", include("luwes.web.accounts.urls")),
    path("pimpinan/", include("luwes.web.leadership.urls")),
    path("", include("luwes.web.documents.urls")),
    path("kalender/", include("luwes.web.calendar.urls")),
    path("presensi/", include("luwes.web.attendance.urls")),
    path("jadwal/", include("luwes.web.schedule.calendar_urls")),
    path("paparan/", include("luwes.web.schedule.urls")),
    path("", include("luwes.web.people.urls")),
    path("layanan/", include("luwes.web.services.urls")),
    path("s/", include("luwes.web.survey.public_urls")),
    path("survei/", include("luwes.web.survey.urls")),
    path("loket/", include("luwes.web.counter.urls")),
    path("uji-petik/", include("luwes.web.spotcheck.urls")),
    path("pemberitahuan/", include("luwes.web.notices.urls")),
    path("", include("luwes.web.public.urls")),
    path("sumber/", include("luwes.web.sources.urls")),
    path("laporan/", include("luwes.web.monthly.urls")),
    path("hasil-kerja/", include("luwes.web.work.urls")),
    path("jejak/", include("luwes.web.audit.urls")),
    path("tugas/", include("luwes.web.jobs.urls")),
    path("sistem/", include("luwes.web.system.urls")),
    path("ui/", include("luwes.web.ui.urls")),
    path("api/v1/", api.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
