"""The site's addresses: the desk, what a review link opens, and the public site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("", include("articles.desk.review_links.urls")),
    path("", include("articles.reading.urls")),
]
if settings.METRICS_TOKEN:
    from fanguide.telemetry.metrics import metrics

    urlpatterns.insert(0, path("metrics", metrics, name="metrics"))

handler400 = "articles.reading.errors.bad_request"
handler403 = "articles.reading.errors.forbidden"
handler404 = "articles.reading.views.not_found.not_found"
handler500 = "articles.reading.errors.server_error"
