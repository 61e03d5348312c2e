"""What other parts of an article say again of its facts, and which of them still say what a fact said before.

Computed whenever somebody asks, from the words of now, their earlier wordings (models.versions) and the acts of people.
"""

from articles.restatements.acts import Acts, acts_on
from articles.restatements.listing import Text, texts_of
from articles.restatements.marks import Mark, Restatements, Resting, restatements_of
from articles.restatements.wordings import Wordings, texts_of_card, wordings_of

__all__ = [
    "Acts",
    "Mark",
    "Restatements",
    "Resting",
    "Text",
    "Wordings",
    "acts_on",
    "restatements_of",
    "texts_of",
    "texts_of_card",
    "wordings_of",
]
