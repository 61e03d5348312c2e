"""A site of three addresses, for looking at links alone."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path("here/", lambda _request: HttpResponse("here")),
    path("moved/", lambda _request: HttpResponse(status=301, headers={"Location": "/here/"})),
    path("gone/", lambda _request: HttpResponse(status=410)),
]
