"""What an article lacks: a list of Problems, each with a code for tests, a sentence for people and a place to go to.

It reads a Document and never writes. Blocking problems keep an article from being handed in and approved; advice does
not keep anybody from anything. A draft may always be saved with all of them.

rules.py holds the table of all rules, problems.py what says that one is not kept; parts.py looks at each part,
lengths.py at what is too long to be read, texts.py at the words of one text (kept from one look to the next),
duplicates.py for what stands twice, in the article or on the site, contradictions.py for sentences of which not all
can be true, restatements.py for what still says what a fact said before, dead_sources.py for sources that are gone
from the web, undated.py for what is true only for a time, terms.py for the house's spellings.
"""

from __future__ import annotations

from articles.document import Document, excess
from articles.models import Article
from articles.readiness import (
    contradictions,
    dead_sources,
    duplicates,
    lengths,
    parts,
    restatements,
    terms,
    undated,
    unproved,
)
from articles.readiness.problems import PlaceElsewhere, Problem
from articles.readiness.rules import RULES, Rule
from articles.translation import translated

__all__ = [
    "RULES",
    "PlaceElsewhere",
    "Problem",
    "Rule",
    "blocking",
    "picture_problems",
    "problems",
    "spellings",
    "unproved_claims",
]

picture_problems = parts.picture_problems
spellings = terms.spellings


def problems(document: Document, article: Article | None = None) -> list[Problem]:
    """All problems of a Document in reading order: details, introduction, each card, conclusion, each question.

    With its article also what only the database knows: whether the address is free, which facts are published
    elsewhere, how the house spells names, what contradicts another sentence of the site, what still says what a fact
    said before, which sources are gone, which claims the site wants proved, and what is true only for a time. That is
    eight queries, however many cards there are, one more where something about the subject is contested, one where
    something has to be proved, and one where something is true only for a time; without the article it is none. Of an
    article that is too large to be looked through, that is all it says, and which texts are.
    """
    if sentence := excess(document):
        return [Problem("too-large", "details", translated(sentence)), *lengths.of_document(document)]
    found = [*parts.of_document(document), *lengths.of_document(document), *duplicates.within(document)]
    if article is not None:
        found += [*parts.of_article(article), *parts.of_address(document, article), *duplicates.elsewhere(document)]
        found += terms.of_document(document, terms.spellings())
        found += contradictions.of_article(document, article)
        found += restatements.of_document(document, article)
        found += dead_sources.of_document(document, article)
        found += unproved.of_document(document, article)
        found += undated.of_document(document, article)
    order = {place: number for number, place in enumerate(parts.places(document))}
    return sorted(found, key=lambda problem: order[problem.place])


def unproved_claims(document: Document, article: Article) -> list[Problem]:
    """What is to be proved before these words are published, in reading order: see ProofRequirement."""
    return list(unproved.of_document(document, article))


def blocking(document: Document, article: Article | None = None) -> list[Problem]:
    return [problem for problem in problems(document, article) if problem.is_blocking]
