"""Role × route, from the table of moves and the URL configuration: a new route or move without a row fails."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from articles import drafts, workflow
from articles.models import (
    Article,
    Comment,
    HouseTerm,
    Invitation,
    OutboxMessage,
    Picture,
    ProofRequirement,
    PublishedFact,
    SavedView,
    SitePage,
    Subject,
    SubjectEvent,
    Tag,
    TagOperation,
    VainSearch,
    Webhook,
)
from articles.operations import invitations, tags
from articles.reading import sharing, urls
from articles.roles import ANY_ARTICLE, PERMISSIONS, Role
from articles.states import MOVES
from tests import make
from tests.desk.pages import client as signed_in

pytestmark = pytest.mark.django_db

SITE_NAME = "Fanguide"
_guests = itertools.count(1)
PUBLIC, DOOR, STAFF = "public", "door", "staff"  # for everybody; log-in and its like; every active member of staff


@dataclass(frozen=True)
class Site:
    """One thing of each kind, for the addresses."""

    article: Article
    remark: Comment
    picture: Picture
    tag: Tag
    subject: Subject
    person: User
    fact: PublishedFact


@dataclass(frozen=True)
class Row:
    """Who may open a route, and how to address it. `own`: of an article, so that another writer may not."""

    who: str
    kwargs: Callable[[Site], dict[str, Any]] = lambda _site: {}
    own: bool = False
    method: str = "get"


def of_article(who: str, method: str = "get", **more: Callable[[Site], Any]) -> Row:
    return Row(
        who, lambda site: {"pk": site.article.pk, **{key: value(site) for key, value in more.items()}}, True, method
    )


def card(site: Site) -> str:
    return site.article.cards.get().public_id


def faq(site: Site) -> str:
    return site.article.faqs.get().public_id


def digest(site: Site, fact: PublishedFact | None = None) -> str:
    """Of the share picture of the live article, or of its fact."""
    edition = site.fact.edition
    made = sharing.of_fact(SITE_NAME, edition, fact.public_id) if fact else sharing.of_article(SITE_NAME, edition)
    return made.digest


def binned(site: Site) -> int:
    """A deleted question of the article."""
    return site.article.binned_parts.create(kind="faqs", public_id="bcdfghjkmn", position=1, value={}).pk


def suggestion(site: Site) -> int:
    row = site.article.faqs.get()
    words = {"place": f"faq:{row.public_id}", "field": "answer", "text": "Really?"}
    return site.article.comments.create(quoted=row.answer, suggested="Somebody knows.", **words).pk


def earlier_wording(site: Site) -> int:
    value = drafts.introduction_of(site.article)
    return site.article.part_versions.create(place="introduction", value=dataclasses.asdict(value)).pk


def mention(site: Site) -> int:
    """A part that an event has opened."""
    event = SubjectEvent.objects.create(subject=site.subject, sentence="It was filmed.", key_words=["film"])
    return event.mentions.create(article=site.article, place="introduction", words="0" * 32, sentence="A film?").pk


def renaming(site: Site) -> TagOperation:
    before = {"name": "Boats", "slug": "boats", "aliases": []}
    renamed = tags.record_rename(site.tag, before, by=site.person)
    assert renamed
    return renamed


def stock(model: str, of: Callable[[Site], Any], app: str = "articles") -> dict[str, Row]:
    """The routes that Django's admin makes for a model, with the permissions that it asks for."""

    def where(site: Site) -> dict[str, Any]:
        return {"object_id": of(site).pk}

    return {
        f"admin:{app}_{model}_changelist": Row(f"{app}.view_{model}"),
        f"admin:{app}_{model}_add": Row(f"{app}.add_{model}"),
        f"admin:{app}_{model}_history": Row(f"{app}.view_{model}", where),
        f"admin:{app}_{model}_delete": Row(f"{app}.delete_{model}", where),
        f"admin:{app}_{model}_change": Row(f"{app}.view_{model}", where),
    }


def review_link(site: Site, *, is_token: bool = False) -> Any:
    """A review link of the article: its primary key, or the token in its address."""
    words = {"by": make.editor(), "days": 1, "change": site.article.change, "may_comment": True}
    row, token = workflow.make_link(site.article, "Han Seo-yeon", **words)
    return token if is_token else row.pk


def invited() -> Invitation:
    words = {"email": f"guest-{next(_guests)}@example.org", "name": "Han Seo-yeon", "role": Role.WRITER}
    return invitations.invite(**words, by=make.admin())[0]


def invitation_link() -> str:
    link = invitations.renew(row := invited(), by=row.made_by)
    assert link
    return link.token


def shared_view(_site: Site) -> dict[str, Any]:
    return {"pk": SavedView.objects.create(owner=make.editor(), name="Due", is_shared=True).pk}


def picture_change(site: Site) -> dict[str, Any]:
    site.picture.changes.filter(decided_at=None).update(decided_at=timezone.now())
    change = site.picture.changes.create(values={"alt": "A ferry"}, was={}, by=site.person, by_name="writer")
    return {"pk": site.picture.pk, "change": change.pk}


CHANGE, VIEW, REVIEW = "articles.change_article", "articles.view_article", "articles.review_article"

ROUTES: dict[str, Row] = {
    "home": Row(PUBLIC),
    "articles": Row(PUBLIC),
    "article": Row(PUBLIC, lambda site: {"slug": site.article.slug}),
    "article-read": Row(PUBLIC, lambda site: {"slug": site.article.slug}, method="post"),
    "facts": Row(PUBLIC),
    "fact-by-id": Row(PUBLIC, lambda site: {"public_id": site.fact.public_id}),
    "fact": Row(PUBLIC, lambda site: {"public_id": site.fact.public_id, "slug": site.fact.slug}),
    "search": Row(PUBLIC),
    "search-suggest": Row(PUBLIC),
    "opensearch": Row(PUBLIC),
    "tags": Row(PUBLIC),
    "tag": Row(PUBLIC, lambda site: {"slug": site.tag.slug}),
    "subjects": Row(PUBLIC),
    "subject": Row(PUBLIC, lambda site: {"slug": site.subject.slug}),
    "opened": Row(PUBLIC),
    "authors": Row(PUBLIC),
    "author": Row(PUBLIC, lambda _site: {"slug": "mina-park"}),
    "fact-report": Row(PUBLIC, lambda site: {"public_id": site.fact.public_id}),
    "reported": Row(PUBLIC),
    **dict.fromkeys(("random-fact", "saved", "saved-facts"), Row(PUBLIC)),
    "vote": Row(PUBLIC, lambda site: {"public_id": site.fact.public_id}),
    "about": Row(PUBLIC),
    "contact": Row(PUBLIC),
    "privacy": Row(PUBLIC),
    "corrections": Row(PUBLIC),
    "share-article": Row(PUBLIC, lambda site: {"slug": site.fact.edition.slug, "digest": digest(site)}),
    "share-fact": Row(PUBLIC, lambda site: {"public_id": site.fact.public_id, "digest": digest(site, site.fact)}),
    "share-subject": Row(PUBLIC, lambda site: {"slug": site.subject.slug, "digest": "0" * 20}),
    "share-tag": Row(PUBLIC, lambda site: {"slug": site.tag.slug, "digest": "0" * 20}),
    "share-author": Row(PUBLIC, lambda _site: {"slug": "mina-park", "digest": "0" * 20}),
    "share-site": Row(PUBLIC, lambda _site: {"digest": "0" * 20}),
    "embed": Row(PUBLIC, lambda site: {"public_id": site.fact.public_id}),
    "embed-article": Row(PUBLIC, lambda site: {"slug": site.fact.edition.slug}),
    "oembed": Row(PUBLIC),
    "feed": Row(PUBLIC, lambda _site: {"content": "articles", "suffix": "atom"}),
    "feed-of": Row(PUBLIC, lambda site: {"kind": "tags", "slug": site.tag.slug, "content": "facts", "suffix": "rss"}),
    "follow": Row(PUBLIC),
    **{f"api-{name}": Row(PUBLIC) for name in ("facts", "articles", "tags", "subjects", "search", "openapi")},
    **{f"api-{name}": Row(PUBLIC) for name in ("facts-jsonl", "facts-csv")},
    "api": Row(PUBLIC),
    "api-fact": Row(PUBLIC, lambda site: {"public_id": site.fact.public_id}),
    "api-article": Row(PUBLIC, lambda site: {"slug": site.fact.edition.slug}),
    "llms": Row(PUBLIC),
    "sitemap": Row(PUBLIC),
    "sitemap-part": Row(PUBLIC, lambda _site: {"section": "articles", "number": 1}),
    "robots": Row(PUBLIC),
    "security-txt": Row(PUBLIC),
    "favicon": Row(PUBLIC),
    "healthz": Row(PUBLIC),
    "readyz": Row(PUBLIC),
    "picture": Row(PUBLIC, lambda site: {"name": site.picture.file}),
    # Not among the public addresses: whoever holds its token may open it, and its form needs a cookie.
    "review-link": Row(DOOR, lambda site: {"token": review_link(site, is_token=True)}),
    "admin:index": Row(STAFF),
    "admin:login": Row(DOOR),
    "admin:invitation": Row(DOOR, lambda _site: {"token": invitation_link()}),
    "admin:two_step": Row(STAFF),
    "admin:confirm": Row(STAFF),
    "admin:session": Row(DOOR),
    "admin:sessions": Row(STAFF),
    "admin:logout": Row(STAFF, method="post"),
    "admin:password_change": Row(STAFF),
    "admin:password_change_done": Row(STAFF),
    "admin:jsi18n": Row(STAFF),
    "admin:help": Row(STAFF),
    "admin:help_of": Row(STAFF, lambda _site: {"name": "reviewing"}),
    "admin:health": Row("auth.change_user"),
    "admin:autocomplete": Row("articles.nobody"),  # answers only what a form of ours asks, and none does
    "admin:view_on_site": Row(STAFF, lambda _site: {"content_type_id": 1, "object_id": 1}),
    "admin:app_list": Row(STAFF, lambda _site: {"app_label": "articles"}),
    "admin:articles_article_changelist": Row(VIEW),
    "admin:articles_article_add": Row("articles.add_article"),
    "admin:articles_article_search": Row(VIEW),
    "admin:articles_article_import": Row("articles.add_article"),
    "admin:articles_article_checks": Row(VIEW),
    "admin:articles_article_links": Row(VIEW),
    "admin:articles_article_subjects": Row(CHANGE),
    "admin:articles_article_find": Row(VIEW),
    "admin:articles_article_bin_all": Row("articles.delete_article"),
    "admin:articles_article_short": of_article(STAFF),
    "admin:articles_article_change": of_article(VIEW),
    "admin:articles_article_delete": of_article("articles.delete_article"),
    "admin:articles_article_take_from_bin": of_article("articles.delete_article", "post"),
    "admin:articles_article_bin": of_article(CHANGE),
    "admin:articles_article_unbin": of_article(CHANGE, "post", part=binned),
    "admin:articles_article_details": of_article(CHANGE),
    "admin:articles_article_propose_subject": of_article(CHANGE),
    "admin:articles_article_mark_template": Row(ANY_ARTICLE, lambda site: {"pk": site.article.pk}, method="post"),
    "admin:articles_article_introduction": of_article(CHANGE),
    "admin:articles_article_conclusion": of_article(CHANGE),
    "admin:articles_article_dismiss_unplaced": of_article(CHANGE, "post"),
    "admin:articles_article_card_add": of_article(CHANGE),
    "admin:articles_article_order": of_article(CHANGE),
    "admin:articles_article_card": of_article(CHANGE, public_id=card),
    "admin:articles_article_use_fact": of_article(CHANGE),
    "admin:articles_article_uses": of_article(VIEW, public_id=card),
    "admin:articles_article_offered": Row("articles.publish_article", lambda site: {"pk": site.article.pk}),
    "admin:articles_article_use_act": of_article(CHANGE, "post", public_id=card),
    "admin:articles_article_card_delete": of_article(CHANGE, public_id=card),
    "admin:articles_article_faq_add": of_article(CHANGE),
    "admin:articles_article_faq_order": of_article(CHANGE),
    "admin:articles_article_faq": of_article(CHANGE, public_id=faq),
    "admin:articles_article_faq_delete": of_article(CHANGE, public_id=faq),
    "admin:articles_article_contents": of_article(CHANGE),
    "admin:articles_article_pulse": of_article(VIEW, "post"),
    "admin:articles_article_checklist": of_article(VIEW),
    "admin:articles_article_claims": of_article(VIEW),
    "admin:articles_article_claim": of_article(VIEW),
    "admin:articles_article_claim_act": of_article("articles.check_claims", "post"),
    "admin:articles_article_restatements": of_article(VIEW),
    "admin:articles_article_restatement_act": of_article("articles.check_claims", "post"),
    "admin:articles_article_tags": of_article(CHANGE),
    "admin:articles_article_sources": of_article(CHANGE),
    "admin:articles_article_preview": of_article(VIEW),
    "admin:articles_article_preview_unsaved": of_article(VIEW, "post"),
    "admin:articles_article_history_all": Row(ANY_ARTICLE),
    "admin:articles_article_save_view": Row(VIEW),
    "admin:articles_article_forget_view": Row(ANY_ARTICLE, shared_view),
    "admin:articles_article_facts": Row(VIEW),
    "admin:articles_article_mention_true": Row(
        "articles.publish_article", lambda site: {"pk": site.article.pk, "mention": mention(site)}, method="post"
    ),
    "admin:articles_article_card_check": Row(
        "articles.publish_article", lambda site: {"pk": site.article.pk, "public_id": card(site)}, method="post"
    ),
    "admin:articles_article_events": Row("articles.publish_article"),
    "admin:articles_article_contradictions": Row("articles.review_article"),
    "admin:articles_article_dead_sources": Row("articles.review_article"),
    "admin:articles_article_featured": Row("articles.change_featuredfact"),
    "admin:articles_article_calendar": Row(VIEW),
    "admin:articles_article_plan_day": of_article("articles.plan_article", "post"),
    "admin:articles_article_move_event": Row(
        "articles.publish_article", lambda site: {"pk": site.article.pk, "event": 1}, method="post"
    ),
    "admin:articles_article_notifications": Row(VIEW),
    "admin:articles_article_planning": of_article("articles.plan_article"),
    "admin:articles_article_take_review": Row(REVIEW, lambda site: {"pk": site.article.pk}, method="post"),
    "admin:articles_article_release_review": Row(REVIEW, lambda site: {"pk": site.article.pk}, method="post"),
    "admin:articles_article_comments": of_article(VIEW),
    "admin:articles_article_reply": of_article(
        "articles.comment_article", "post", pk_of_comment=lambda site: site.remark.pk
    ),
    "admin:articles_article_resolve": of_article(
        "articles.comment_article", "post", pk_of_comment=lambda site: site.remark.pk
    ),
    "admin:articles_article_take": of_article(CHANGE, "post", pk_of_comment=suggestion),
    "admin:articles_article_decline": of_article("articles.comment_article", "post", pk_of_comment=suggestion),
    "admin:articles_article_review": of_article(VIEW),
    "admin:articles_article_review_links": Row(REVIEW, lambda site: {"pk": site.article.pk}),
    "admin:articles_article_revoke_link": Row(
        REVIEW, lambda site: {"pk": site.article.pk, "link": review_link(site)}, method="post"
    ),
    "admin:articles_article_decide": Row(REVIEW, lambda site: {"pk": site.article.pk}, method="post"),
    "admin:articles_article_lock": of_article(CHANGE, "post"),
    "admin:articles_article_unlock": of_article(CHANGE, "post"),
    "admin:articles_article_compare": of_article(VIEW),
    "admin:articles_article_history": of_article(VIEW),
    "admin:articles_article_revisions": of_article(VIEW),
    "admin:articles_article_revision": of_article(VIEW, number=lambda _site: 1),
    "admin:articles_article_versions": of_article(VIEW, place=lambda site: f"card:{card(site)}"),
    "admin:articles_article_bring_back": of_article(CHANGE, "post", version=earlier_wording),
    "admin:articles_article_keep_named": of_article(CHANGE, "post"),
    "admin:articles_article_replace": of_article(CHANGE),
    "admin:articles_article_replace_across": Row(CHANGE),
    "admin:articles_article_undo_across": Row(CHANGE),
    "admin:articles_article_several": of_article(CHANGE),
    "admin:articles_article_retag": of_article(CHANGE, "post"),
    "admin:articles_article_duplicate": of_article("articles.view_article", "post"),
    "admin:articles_article_undo_replace": of_article(CHANGE, "post"),
    "admin:articles_article_restore": of_article(CHANGE, number=lambda _site: 1),
    "admin:articles_article_restore_part": of_article(CHANGE, number=lambda _site: 1, place=lambda _: "introduction"),
    "admin:articles_picture_choose": Row("articles.view_picture"),
    "admin:articles_picture_shown": Row("articles.view_picture"),
    "admin:articles_picture_choose_new": Row("articles.add_picture", method="post"),
    "admin:articles_picture_choose_one": Row(
        "articles.change_picture", lambda site: {"public_id": site.picture.public_id}
    ),
    "admin:articles_picture_decide": Row(REVIEW, picture_change, method="post"),
    "admin:articles_picture_withdraw": Row("articles.change_picture", picture_change, method="post"),
    **stock("picture", lambda site: site.picture),
    **stock("subject", lambda site: site.subject),
    **stock("tag", lambda site: site.tag),
    "admin:articles_tag_merge": Row("articles.change_tag", lambda site: {"pk": site.tag.pk}),
    "admin:articles_tag_split": Row("articles.change_tag", lambda site: {"pk": site.tag.pk}),
    "admin:articles_tag_record": Row("articles.view_tag"),
    "admin:articles_tag_undo": Row("articles.change_tag", lambda site: {"act": renaming(site).pk}),
    "admin:articles_tag_tidy": Row("articles.change_tag"),
    "admin:articles_tag_several": Row(CHANGE),
    **stock("proofrequirement", lambda _site: ProofRequirement.objects.create(kind="band", level="figures")),
    **stock("houseterm", lambda _site: HouseTerm.objects.create(right="Ju Ji-hoon", wrong=["Joo Ji-hoon"])),
    **stock("author", lambda _site: make.author(name="Jun Seo")),
    **stock("user", lambda site: site.person, app="auth"),
    **stock("report", lambda site: make.report(site.fact)),
    **stock("vainsearch", lambda _site: VainSearch.objects.create(words="lanterns", day=timezone.now().date())),
    **stock("webhook", lambda _site: Webhook.objects.create(name="Ours", url="https://hooks.example/")),
    **stock("outboxmessage", lambda _site: OutboxMessage.objects.create(kind="purge", target="https://a.example/")),
    **stock("sitepage", lambda _site: SitePage.objects.create(slug="about", title="About us", body="We are many.")),
    "admin:auth_user_second_factor": Row("auth.change_user", lambda site: {"pk": site.person.pk}),
    "admin:auth_user_invitations": Row("auth.add_user"),
    **{
        f"admin:auth_user_invitation_{act}": Row("auth.add_user", lambda _site: {"pk": invited().pk}, method="post")
        for act in ("again", "link", "withdraw")
    },
    "admin:auth_user_sessions": Row("auth.change_user", lambda site: {"pk": site.person.pk}),
    "admin:auth_user_password_change": Row("auth.change_user", lambda site: {"id": site.person.pk}),
}
ROUTES |= {f"{name}-markdown": ROUTES[name] for name in urls.WITH_MARKDOWN}
#: The article is not public, oEmbed was asked for no address, and nobody is named for security.txt.
NOTHING_TO_SHOW = {"article", "article-markdown", "oembed", "security-txt"}
#: Nobody but a superuser deletes accounts: what they wrote hangs on them.
NOBODY = {"auth.delete_user"}


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield space + pattern.name
        else:
            yield from routes(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)


@pytest.fixture(scope="module")
def site(module_db) -> Site:
    author = make.author()
    article = make.handed_in(cards=1, faqs=1, authors=(author.slug,), slug="the-ferry")
    live = make.edition(cards=1, authors=(author.slug,), tags=("Ferries",))
    return Site(
        article=article,
        remark=workflow.comment(article, "Is it true?", by=make.editor()),
        picture=make.picture(),
        tag=Tag.objects.get(name="Ferries"),
        subject=Subject.objects.get(),
        person=make.writer(),
        fact=live.facts.get(),
    )


@pytest.fixture(scope="module")
def people(module_db) -> dict[Role | None, User]:
    """One of each role, and one who is not of the staff."""
    return {role: make.user(role=role) for role in (*Role, None)}


def visit(person: User | None, name: str, row: Row, site: Site) -> int:
    client = signed_in(person)
    response = getattr(client, row.method)(reverse(name, kwargs=row.kwargs(site)))
    if response.status_code == 302 and response.headers["Location"].startswith("/admin/login/"):
        return 401  # sent to the log-in
    return response.status_code


def may(role: Role, row: Row, *, is_owner: bool) -> bool:
    permissions = PERMISSIONS[role]
    if row.who in (PUBLIC, DOOR, STAFF):
        return True
    return row.who in permissions and (not row.own or is_owner or ANY_ARTICLE in permissions)


def test_every_route_has_a_row():
    named = set(routes())
    doors = {name for name in named if "password_reset" in name or name.startswith("admin:oidc")}
    doors |= {"admin:log_in_code"}  # leads whoever gave no password to the log-in: desk/two_step/test_log_in.py
    moves = {"admin:articles_article_move"}
    assert named - doors - moves == set(ROUTES), "Say in ROUTES who may open a new route."


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_visitor_reads_the_public_site_and_no_more(site: Site, name: str):
    row = ROUTES[name]
    status = visit(None, name, row, site)
    if row.who is PUBLIC:
        allowed = {"opened": {400}}  # it wants a question
        allowed |= {each: {404} for each in NOTHING_TO_SHOW}
        allowed |= {"article-read": {204}}
        assert status in allowed.get(name, {200, 301, 302})  # 302: to the present picture
    elif row.who is DOOR:
        assert status == 200
    else:
        assert status == 401 or (name == "admin:logout" and status in {200, 302})


@pytest.mark.parametrize("name", sorted(name for name, row in ROUTES.items() if row.who not in (PUBLIC, DOOR)))
def test_an_account_that_is_not_staff_is_a_visitor(site: Site, people: dict[Role | None, User], name: str):
    status = visit(people[None], name, ROUTES[name], site)
    assert status in {401, 403} or name == "admin:logout"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(name for name, row in ROUTES.items() if row.who is not PUBLIC))
def test_a_role_opens_what_the_table_gives_it(site: Site, people: dict[Role | None, User], name: str, role: Role):
    row = ROUTES[name]
    status = visit(people[role], name, row, site)
    if may(role, row, is_owner=False) and row.who not in NOBODY:
        assert status in {200, 302, 400, 404, 409}, f"{role} may: {status}"
    else:
        assert status in {403, 404} or (row.who in NOBODY and status == 403), f"{role} may not: {status}"
        assert status == 403 or row.own


@pytest.mark.parametrize("name", sorted(name for name, row in ROUTES.items() if row.own))
def test_a_writer_opens_every_page_of_an_own_article(site: Site, name: str):
    assert visit(site.article.owner, name, ROUTES[name], site) in {200, 302, 400, 409}


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_move_asks_and_acts_for_those_whom_the_table_names(
    site: Site, people: dict[Role | None, User], move: Any, role: Role | None, method: str
):
    row = of_article(move.permission, method, name=lambda _site: move.name)
    before = Article.objects.values_list("status", "change").get(pk=site.article.pk)
    status = visit(people[role], "admin:articles_article_move", row, site)
    if role is None:
        assert status in {401, 403}
    elif may(role, row, is_owner=False):
        assert status in {200, 302, 400, 409}
    else:
        assert status == 403
        assert Article.objects.values_list("status", "change").get(pk=site.article.pk) == before


@pytest.mark.parametrize("name", sorted(name for name, row in ROUTES.items() if row.who is PUBLIC))
def test_a_public_answer_sets_no_cookie_and_is_the_same_for_everybody(site: Site, name: str):
    row = ROUTES[name]
    address = reverse(name, kwargs=row.kwargs(site))
    stranger, chief = Client(), Client()
    chief.force_login(make.editor())
    with time_machine.travel(timezone.now(), tick=False):  # a form says since when it is open
        seen, seen_by_chief = stranger.get(address), chief.get(address)
    assert not seen.cookies
    assert "Cookie" not in seen.headers.get("Vary", "")
    assert seen.getvalue() == seen_by_chief.getvalue()


def test_no_draft_is_told_apart_from_nothing(site: Site):
    draft = Client().get(reverse("article", kwargs={"slug": site.article.slug}))
    nothing = Client().get(reverse("article", kwargs={"slug": "never-was-anything"}))
    assert draft.status_code == nothing.status_code == 404
    assert draft.content.replace(site.article.slug.encode(), b"") == nothing.content.replace(b"never-was-anything", b"")


def test_the_route_of_an_unknown_move_is_not_found(site: Site):
    client = Client()
    client.force_login(make.editor())
    address = reverse("admin:articles_article_move", kwargs={"pk": site.article.pk, "name": "explode"})
    assert client.get(address).status_code == 404
