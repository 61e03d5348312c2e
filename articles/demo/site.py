"""Setting up the demo site. Done again it changes nothing and adds what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles.demo.accounts import Account, ensure_account
from articles.demo.errors import DemoError
from articles.demo.pictures import draw_pictures
from articles.demo.reference import load_reference
from articles.demo.replay import Staff, is_known, replay
from articles.demo.site_content import load_site_content
from articles.demo.stories import read_site, read_stories
from articles.rights import write_groups
from articles.roles import Role


@dataclass(frozen=True)
class Demo:
    accounts: Sequence[Account]
    loaded: int  # articles that this run added
    total: int

    def describe(self, origin: str) -> Iterator[str]:
        """What the person at the terminal wants to know, line by line."""
        yield f"Fanguide's demo site is ready: {self.loaded} of {self.total} demo articles were new."
        yield f"  readers     {origin}/"
        yield f"  the desk    {origin}{reverse('admin:index')}"
        for account in self.accounts:
            password = f"password {account.password}" if account.password else "password unchanged"
            yield f"  {account.user.username:<12}{password}"
        if any(account.is_generated for account in self.accounts):
            yield "Note the passwords: they are not shown again."
        yield "For a password of your choice: manage.py demo --password WORD"


def set_up(*, password: str = "") -> Demo:
    """Makes the database, the static files, the accounts and the content. Asks nothing and needs no network."""
    if settings.MODE == "production":
        raise DemoError("The demo makes accounts and articles: it does not run where FANGUIDE_MODE=production.")
    if settings.DEBUG:
        raise DemoError("The demo serves as production does: unset FANGUIDE_DEBUG.")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    write_groups()
    accounts = {
        "writer": ensure_account("writer", Role.WRITER, password=password),
        "editor": ensure_account("editor", Role.EDITOR, password=password),
        "admin": ensure_account("admin", Role.ADMIN, password=password, is_superuser=True),
    }
    site = read_site()
    load_reference(site, {name: account.user for name, account in accounts.items()})
    stories = read_stories(timezone.localdate())
    staff = Staff(accounts["writer"].user, accounts["editor"].user)
    try:
        new = [story for story in stories if not is_known(story)]
        draw_pictures(new, by=staff.writer)
        for story in new:
            replay(story, staff)
    except PermissionDenied as error:
        raise DemoError(
            "The accounts writer and editor were here before and lack rights that the demo content needs: "
            "put them into the groups Writers and Editors, active and as staff, and run the demo again."
        ) from error
    load_site_content(site, accounts["editor"].user)
    return Demo(tuple(accounts.values()), len(new), len(stories))
