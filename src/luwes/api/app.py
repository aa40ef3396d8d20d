"""The REST API: the same queries and actions as the pages, entered by personal token."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from luwes.api import budget, me
from luwes.api.auth import TokenAuth
from luwes.apps.accounts.access import Forbidden, OutsideScope

api = NinjaAPI(
    title="Luwes",
    version="1",
    description="Kerja fleksibel ASN: angka yang sama dengan halaman, untuk program.",
    docs_url=None,  # the interactive page would load scripts from another host
    openapi_url="/openapi.json",
    auth=TokenAuth(),
    urls_namespace="api",
)
api.add_router("/saya", me.router)
api.add_router("/anggaran", budget.router)


@api.exception_handler(Forbidden)
def forbidden(request: HttpRequest, refused: Forbidden) -> HttpResponse:
    """Inside the scope, without the right."""
    return api.create_response(request, {"code": refused.code, "right": refused.right.value}, status=403)


@api.exception_handler(OutsideScope)
def outside_scope(request: HttpRequest, refused: OutsideScope) -> HttpResponse:
    """Outside the scope: as if it did not exist."""
    return api.create_response(request, {"code": "not_found"}, status=404)
