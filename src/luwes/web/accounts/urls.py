"""Addresses of accounts. Identifiers are opaque; a NIP never stands in an address."""

from django.urls import path

from luwes.web.accounts.views import links, profile, roles, sign_in, users

app_name = "accounts"
urlpatterns = [
    path("masuk/", sign_in.sign_in, name="sign_in"),
    path("keluar/", sign_in.sign_out, name="sign_out"),
    path("peran/", sign_in.roles, name="roles"),
    path("sandi/", profile.password, name="password"),
    path("bahasa/", profile.language, name="language"),
    path("profil/", profile.profile, name="profile"),
    path("profil/token/", profile.create_token, name="token_create"),
    path("profil/token/<slug:token_id>/cabut/", profile.revoke_token, name="token_revoke"),
    path("pengguna/", users.users, name="users"),
    path("pengguna/baru/", users.create, name="user_create"),
    path("pengguna/tautan/", links.links, name="links"),
    path("pengguna/tautan/baru/", links.issue, name="link_issue"),
    path("pengguna/tautan/<slug:link_id>/cabut/", links.revoke, name="link_revoke"),
    path("pengguna/<slug:user_id>/", users.user, name="user"),
    path("pengguna/<slug:user_id>/keaktifan/", users.set_active, name="user_active"),
    path("pengguna/<slug:user_id>/sandi/", users.reset_password, name="user_password"),
    path("pengguna/<slug:user_id>/peran/baru/", roles.grant, name="role_grant"),
    path("pengguna/<slug:user_id>/peran/<slug:assignment_id>/akhiri/", roles.end, name="role_end"),
]
