"""As of when something holds that is true only for a time, said anew beside published words: no new edition is needed,
for the words stay.
"""

from __future__ import annotations

from articles.models import Article, Edition, PublishedFact
from articles.models.public_groups import purge_facts


def note_as_of(article: Article, public_id: str, claim: str, day: str) -> bool:
    """Puts an ISO day beside this claim (its identity) of a fact, in the editions of the article that are in force or
    wait, where they say just that. Call it with the article locked. Gives whether readers see something else.
    """
    facts = PublishedFact.objects.filter(edition__article=article, public_id=public_id)
    changed = []
    for edition in Edition.objects.filter(pk__in=facts.values("edition")):
        said = [each for card in edition.parts["cards"] if card["id"] == public_id for each in card["as_of"]]
        if news := [each for each in said if each["claim"] == claim and each["day"] != day]:
            for each in news:
                each["day"] = day
            changed.append(edition)
    Edition.objects.bulk_update(changed, ["parts"])
    if changed:
        purge_facts([public_id])
    return bool(changed)
