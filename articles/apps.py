"""The app. Its one signal writes the groups from the table of roles after each migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles.rights import write_groups  # models are not ready when this module loads

        post_migrate.connect(lambda **_kwargs: write_groups(), sender=self, weak=False, dispatch_uid="write-groups")
