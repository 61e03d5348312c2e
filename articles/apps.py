"""The app, and its checks of settings. Its one signal writes, after each migration, the groups from the table of roles,
and what the search's index lacks."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles.models.search.index import ensure_index  # models are not ready when this module loads
        from articles.models.search.working import ensure_working_index
        from articles.operations.search_index import check_search_index
        from articles.rights import write_groups
        from articles.workflow.approvers import check_approvers

        checks.register(check_approvers, checks.Tags.database)
        checks.register(check_search_index, checks.Tags.database)
        post_migrate.connect(lambda **_kwargs: ensure_index(), sender=self, weak=False, dispatch_uid="search-index")
        post_migrate.connect(
            lambda **_kwargs: ensure_working_index(), sender=self, weak=False, dispatch_uid="working-index"
        )
        post_migrate.connect(lambda **_kwargs: write_groups(), sender=self, weak=False, dispatch_uid="write-groups")
