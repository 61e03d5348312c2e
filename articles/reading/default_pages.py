"""The texts of the pages about the site until its editors write their own: in Markdown, as theirs, and true of any site
that this program runs. Whoever changes what the program stores about its readers changes the privacy text here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from articles.models.reports import EMAIL_STORED
from articles.models.site_pages import SitePage


def default_title(slug: str, site_name: str) -> str:
    titles: Mapping[str, str] = {
        SitePage.Slug.ABOUT: _("About %(site)s") % {"site": site_name},
        SitePage.Slug.CONTACT: _("Contact"),
        SitePage.Slug.PRIVACY: _("Privacy"),
    }
    return titles[slug]


def default_body(slug: str, site_name: str) -> str:
    return "\n\n".join(_BODIES[slug](site_name))


def _about(site_name: str) -> tuple[str, ...]:
    return (
        _(
            "%(site)s is a magazine of lists. Each list is made of facts, and each fact stands by itself: with an "
            "address that stays, with tags, and with the sources that it rests on."
        )
        % {"site": site_name},
        _(
            "**How a fact gets here.** A writer finds it and says where it can be looked up. An editor reads it, asks "
            "where it is thin, and approves the very words that you read. Later changes go the same way."
        ),
        _(
            "**Spoilers.** A fact that gives something of the story away stays closed until you open it, and its "
            "words stand nowhere else on this site."
        ),
        _(
            "**When we are wrong.** Below each fact there is a link to report a mistake. It takes no account, and "
            "editors read what you send."
        ),
    )


def _contact(_site_name: str) -> tuple[str, ...]:
    return (
        _(
            "**Is a fact wrong?** Use the link “Report a mistake” below it: the editors then see your words beside "
            "the fact. You need no account. Leave an address only if you would like an answer."
        ),
        _(
            "**Is it something else?** The editors of this site have not put another way to reach them here yet. "
            "Until they do, a report reaches them too."
        ),
    )


def _privacy(_site_name: str) -> tuple[str, ...]:
    return (
        _("You can read everything here without telling us who you are."),
        _(
            "**No cookies.** Nothing is stored to recognise readers, so there is nothing to agree to. Only people who "
            "sign in to write get cookies, to stay signed in."
        ),
        _(
            "**No third parties.** Pages, pictures and scripts come from this site alone. There is no advertising and "
            "no measuring of visitors. Links to sources lead to other sites, which have rules of their own."
        ),
        _(
            "**What your device keeps.** How far you have seen a story, if you say so, and which articles you read "
            "lately may be noted in your browser’s own storage, to open what is safe for you and to show what has "
            "changed. It stays on your device and goes when you clear the data of this site. Without scripts, "
            "the episode stands in the address of the page instead."
        ),
        _(
            "**What a report keeps.** When you report a mistake we keep your words, the source that you name, the "
            "fact and the time, as long as we keep the article. An address for an answer is shown to editors only, "
            "and for at most %(days)s days after they have dealt with the report; it is deleted when they next deal "
            "with one. To hold off floods we note a code made from your network address, which is another one "
            "each day, and clear it with the next report after a day."
        )
        % {"days": EMAIL_STORED.days},
        _(
            "**The machines in between.** This site’s program writes down no reader’s network address. The server "
            "that it runs on and the networks on the way may keep logs of their own; ask the editors about theirs."
        ),
    )


_BODIES: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    SitePage.Slug.ABOUT: _about,
    SitePage.Slug.CONTACT: _contact,
    SitePage.Slug.PRIVACY: _privacy,
}
