"""The site as an app of its own, for its checks."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from fanguide.proxies import check_proxies


def check_mail(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ARG001
    if settings.MAIL_IS_SET_UP:
        return []
    sentence = "No mail server is set: nobody can ask for a new password, and notifications are sent to nobody."
    return [checks.Warning(sentence, hint="Set FANGUIDE_EMAIL_HOST; see docs/settings.md.", id="fanguide.W002")]


class SiteConfig(AppConfig):
    name = "fanguide"

    def ready(self) -> None:
        checks.register(check_proxies, checks.Tags.security, deploy=True)
        checks.register(check_mail, checks.Tags.security, deploy=True)
