"""What an export does not carry, with the reason; what it carries stands in `tables`."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.db.models import Model

from articles.models import Article

#: Tables that an import fills by itself.
MADE_AGAIN = (
    *("articles.SearchRow", "articles.SearchName", "articles.SearchWord", "articles.SearchWordKey"),
    *("articles.CountChange", "articles.CountTotal", "articles.Statement", "articles.PictureUse"),
)
#: Tables that are not carried, because. Of another app its name alone stands for all of its tables.
LEFT_BEHIND: Mapping[str, str] = {
    **dict.fromkeys(MADE_AGAIN, "made of the words and names again, or counted again"),
    "articles.BinnedPart": "what lies in the bin is deleted, and may come back only where that was done",
    "articles.Invitation": "a link of this site, to an address; whoever came by it has an account",
    "articles.Lock": "a lock speaks to the people who work on this site at this moment",
    "articles.Presence": "who has an article open is true of this site and this moment only",
    "articles.ExternalIdentity": "who somebody is to the provider of this site's log-in",
    "articles.NotificationChoice": "mails go to addresses, which are not carried either",
    "articles.PictureChange": "what waits for an editor of this site; the picture is carried as it is",
    "articles.SavedView": "how somebody likes to look at the list of this site",
    **dict.fromkeys(("articles.Vote", "articles.VoteDay"), "who voted today: digests that the next day throws away"),
    "articles.ReviewLink": "an address of this site, which opens nothing elsewhere; the history names whom it was for",
    "articles.ReviewOpinion": "as the links that they came by; comments and history carry what was said, and by whom",
    "articles.TagOperation": "to undo them takes primary keys; names and addresses of merged tags are carried",
    **dict.fromkeys(("articles.SubjectEvent", "articles.EventMention"), "what this site has to look at again, for now"),
    "articles.Webhook": "whom this site tells, with a secret between the two",
    "articles.OutboxMessage": "what this site has still to tell others",
    "articles.ClockDecision": "the clock is that of this machine",
    "articles.StampPart": "says to the memory of this site that something changed",
    "articles.SourceCheck": "what this site has found at the addresses of sources, and may look at again",
    "articles.ReadCount": "how many readers the articles had on this site, by the day",
    "articles.VainSearch": "what the readers of this site did not find in it",
    "admin": "the history of the desk's own pages names primary keys, and accounts of this site",
    **dict.fromkeys(("auth.Group", "auth.Permission"), "every site makes roles and rights from roles.PERMISSIONS"),
    "axes": "who failed to log in, from where, is nobody else's business",
    "contenttypes": "made by every site",
    **dict.fromkeys(("otp_static", "otp_totp"), "secrets of people, who set up their second factor anew"),
    "sessions": "who is logged in is true of this site only",
    "taggit": "our tags have their own tables",
}


def left_behind() -> list[str]:
    """What this site has and an export has not, each with its number and reason; not what an import makes again."""
    found = []
    for label, reason in LEFT_BEHIND.items():
        if label.startswith("articles.") and label not in MADE_AGAIN:
            model = apps.get_model(label)
            if count := model._base_manager.count():
                found.append(f"{count_of(count, model)}: {reason}")
    if count := Article.with_binned.filter(binned_at__isnull=False).count():
        found.append(f"{count_of(count, Article)} in the bin: what lies there is deleted, and may come back only here")
    return found


def count_of(count: int, model: type[Model]) -> str:
    return f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"
