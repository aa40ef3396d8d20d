"""Addresses of sources."""

from django.urls import URLPattern, path

from luwes.web.sources import deciding, quality, upload, views

app_name = "sources"
urlpatterns: list[URLPattern] = [
    path("", views.source_list, name="list"),
    path("unggah/", upload.upload, name="upload"),
    path("unggah/kolom/", upload.columns, name="columns"),
    path("contoh/<slug:kind>.<slug:file_format>", views.template, name="template"),
    path("berkas/<slug:batch_id>/", views.batch, name="batch"),
    path("berkas/<slug:batch_id>/arti/", deciding.values, name="values"),
    path("berkas/<slug:batch_id>/simpan/", deciding.confirm, name="confirm"),
    path("berkas/<slug:batch_id>/buang/", deciding.discard, name="discard"),
    path("berkas/<slug:batch_id>/ditolak.<slug:file_format>", views.rejects, name="rejects"),
    path("mutu/", quality.board, name="quality"),
    path("perubahan/", quality.changes, name="changes"),
    path("perubahan/<slug:break_id>/cabut/", quality.revoke, name="revoke"),
    path("<slug:source_id>/", views.source, name="source"),
    path("<slug:source_id>/penanggung-jawab/", quality.owner, name="owner"),
    path("<slug:source_id>/lupakan/", deciding.forget, name="forget"),
]
