"""The texts of the pages about the site until its editors write their own: in Markdown, as theirs, and true of any site
that this program runs. Whoever changes what the program stores about its readers changes the privacy text here.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
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


def default_body(slug: str, site_name: str, *, counts_readers: bool) -> str:
    """`counts_readers`: whether the site does (FANGUIDE_COUNT_READERS)."""
    if slug == SitePage.Slug.PRIVACY:
        return "\n\n".join(_privacy(counts_readers=counts_readers))
    return "\n\n".join(_about(site_name) if slug == SitePage.Slug.ABOUT else _contact())


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


def _contact() -> tuple[str, ...]:
    return (
        _(
            "**Is a fact wrong?** Use the link “Report a mistake” below it: the editors then see your words beside "
            "the fact. You need no account. Leave an address only if you would like an answer."
        ),
        _(
            "**What happens then.** An editor looks your words up in the sources. Where we were wrong the fact is "
            "changed, and the change is dated and listed among the [corrections](%(corrections)s)."
        )
        % {"corrections": reverse("corrections")},
        _(
            "**Is it about something else?** A picture that shows you or is yours, a question about a source, a work "
            "that you miss here: the same link reaches the same people. Take the one below the "
            "[fact](%(facts)s) that comes closest, and say what it is about."
        )
        % {"facts": reverse("facts")},
    )


def _privacy(*, counts_readers: bool) -> tuple[str, ...]:
    return (
        _("You can read everything here without telling us who you are."),
        _(
            "**No cookies.** Nothing is stored to recognise readers, so there is nothing to agree to. Only people who "
            "sign in to write get cookies, to stay signed in."
        ),
        *(_counted() if counts_readers else _not_counted()),
        _(
            "**What your device keeps.** How far you have seen a story and whether you read in light or dark, if "
            "you say so, and which articles you read lately may be noted in your browser’s own storage, to open what "
            "is safe for you and to show what has changed. It stays on your device and goes when you clear the data of "
            "this site. Without scripts, the episode stands in the address of the page instead."
        ),
        _(
            "**Facts that you save** are noted in the same place. When you open the page of saved facts, your browser "
            "asks for these facts by their ids; this site’s program notes neither the question nor who asks."
        ),
        _(
            "**What a vote keeps.** When you find a fact interesting we keep a number. Until the day ends we also note "
            "a code made from the network that you vote from, so that it counts once a day; the key to that code is "
            "thrown away with the codes when the first vote of a later day comes."
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


def _not_counted() -> tuple[str, ...]:
    return (
        _(
            "**No third parties.** Pages, pictures and scripts come from this site alone. There is no advertising and "
            "no measuring of visitors. Links to sources lead to other sites, which have rules of their own."
        ),
    )


def _counted() -> tuple[str, ...]:
    return (
        _(
            "**No third parties.** Pages, pictures and scripts come from this site alone. There is no advertising. "
            "Links to sources lead to other sites, which have rules of their own."
        ),
        _(
            "**What reading keeps.** When an article has been in sight for a while, your browser tells this site so. "
            "We keep a number for each article and day: how often it was read, and nothing of who read it. So that a "
            "network counts once a day, the program holds a code made from the network that you read from in its "
            "working memory until the day ends. A browser that asks not to be tracked (Do Not Track, Global Privacy "
            "Control) is not counted."
        ),
    )
