"""The site that `manage.py demo` makes: what a person finds who has run one command, and runs it again."""

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles import operations, workflow
from articles.demo import covers
from articles.models import (
    Article,
    Author,
    Correction,
    Edition,
    History,
    Picture,
    PublishedFact,
    Revision,
    Subject,
    Tag,
)
from articles.roles import Role
from articles.states import Status
from tests.demo.running import demo, files, passwords, tables

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("first")]


@pytest.fixture(scope="module")
def first(module_db, quick_covers) -> str:
    """What the command said when it made the site that these tests look at."""
    return demo()


def test_run_again_it_changes_nothing(first: str, settings):
    before, media = tables(), files(settings.MEDIA_ROOT)
    assert "14 of 14 demo articles were new" in first
    second = demo()
    assert "0 of 14 demo articles were new" in second
    assert tables() == before
    assert files(settings.MEDIA_ROOT) == media


def test_it_adds_what_is_missing_and_leaves_the_rest_as_people_made_it():
    Tag.objects.filter(name="Food").update(description="Ours.")
    Subject.objects.filter(slug="bts").update(name="방탄소년단")
    draft = Article.objects.get(slug="5-facts-about-spirited-away")
    draft.delete()
    renamed = Article.objects.get(slug="bts-in-8-facts")
    Article.objects.filter(pk=renamed.pk).update(slug="seven-people", title="Seven people")
    assert "1 of 14 demo articles were new" in demo()
    assert Tag.objects.get(name="Food").description == "Ours."
    assert Subject.objects.get(slug="bts").name == "방탄소년단"
    assert Article.objects.filter(slug="5-facts-about-spirited-away").count() == 1
    assert not Article.objects.filter(slug="bts-in-8-facts").exists()


def test_every_status_and_public_state_is_there():
    articles = list(Article.objects.all())
    states = {article.slug: workflow.public_state(article) for article in articles}
    assert {Status(article.status) for article in articles} == set(Status)
    assert sum(state.is_live for state in states.values()) == 8
    assert [slug for slug, state in states.items() if state.current and state.current.is_removal] == [
        "5-facts-about-hollow-knight"
    ]
    assert sum(state.is_live and bool(state.waiting) for state in states.values()) == 1
    assert sum(not state.is_live and bool(state.waiting) for state in states.values()) == 1
    changed = [slug for slug, state in states.items() if state.is_live and state.changed_since and not state.waiting]
    assert changed == ["8-facts-about-reply-1988"]
    in_review = Article.objects.get(status=Status.IN_REVIEW)
    assert in_review.comments.filter(place__startswith="card:").exists()
    sent_back = Article.objects.get(status=Status.CHANGES_REQUESTED)
    assert sent_back.history.filter(act="send-back").exclude(note="").exists()


def test_the_past_is_in_order_and_nobody_approved_their_own_words():
    now = timezone.now()
    for article in Article.objects.all():
        lines = list(article.history.order_by("id"))
        moments = [line.at for line in lines]
        assert moments == sorted(moments), article.slug
        assert moments[-1] <= now
        assert article.created_at == moments[0], article.slug
        assert article.changed_at in moments, article.slug
        own = ("create", "submit", "edit", "bind-claim", "tick-claim", "set-aside-claim")
        assert {line.actor_name for line in lines if line.act in own} == {"writer"}
        assert {line.actor_name for line in lines if line.act not in own} <= {"editor"}
        assert not any("own_work" in line.details for line in lines)
        for edition in article.editions.versions():
            published = lines[[line.details.get("edition") for line in lines].index(edition.pk)]
            assert edition.made_at == published.at, article.slug
            assert edition.revision.made_at < published.at, article.slug
    assert Revision.objects.filter(made_at__lt=now - timezone.timedelta(days=100)).exists()
    assert History.objects.filter(act="publish").count() == 9 + 3  # updates


def test_each_article_has_a_cover_of_its_own(quick_covers: list[dict[str, str]]):
    assert Picture.objects.filter(covers__isnull=False).values("file").distinct().count() == 14
    assert len({cover["seed"] for cover in quick_covers}) == 14
    assert {cover["motif"] for cover in quick_covers} <= set(covers.MOTIFS)
    subjects = Subject.objects.values_list("palette", flat=True)
    assert {cover["palette"] for cover in quick_covers} <= set(subjects)


def test_a_correction_and_a_clarification_are_told_and_a_typo_is_not():
    editions = {row.edition.slug: row for row in Correction.objects.filter(at__lte=timezone.now())}
    assert {slug: row.kind for slug, row in editions.items()} == {
        "8-facts-about-parasite": "correction",
        "8-facts-about-crash-landing-on-you": "clarification",
    }
    assert "three Oscars" in editions["8-facts-about-parasite"].old
    typo = Edition.objects.in_force().get(slug="bts-in-8-facts")
    assert (typo.change_kind, typo.modified_at) == ("typo", typo.first_visible_from)


def test_unpublished_changes_and_waiting_editions_are_not_public():
    reply = Article.objects.get(slug="8-facts-about-reply-1988")
    heading = reply.cards.all()[4].heading
    live = reply.editions.in_force().get()
    assert heading not in [card["heading"] for card in live.parts["cards"]]
    facts = PublishedFact.objects.in_force()
    assert not facts.filter(heading=heading).exists()
    assert not facts.filter(edition__slug="6-facts-about-train-to-busan").exists()


def test_the_demo_content_has_no_problems():
    assert [problem for problem in operations.content_problems() if "leads nowhere" not in problem] == []


def test_each_account_has_its_role():
    roles = {user.username: set(user.groups.all()) for user in User.objects.all()}
    groups = {role: Group.objects.get(name=role.value) for role in Role}
    assert roles == {"writer": {groups[Role.WRITER]}, "editor": {groups[Role.EDITOR]}, "admin": {groups[Role.ADMIN]}}
    assert list(User.objects.filter(is_superuser=True).values_list("username", flat=True)) == ["admin"]
    assert User.objects.filter(is_staff=True).count() == 3
    assert Author.objects.get(user__username="writer").name == "Mina Halloran"


def test_passwords_are_made_up_and_told_once(first: str):
    told = passwords(first)
    assert set(told) == {"writer", "editor", "admin"}
    assert len(set(told.values())) == 3
    assert all(len(password) >= 10 for password in told.values())
    assert all(User.objects.get(username=name).check_password(password) for name, password in told.items())
    again = demo()
    assert passwords(again) == dict.fromkeys(told, "unchanged")
    assert "--password WORD" in again


def test_a_password_may_be_chosen():
    told = passwords(demo("--password", "lanterns-at-sea"))
    assert told == dict.fromkeys(["writer", "editor", "admin"], "lanterns-at-sea")
    before = tables()
    demo("--password", "lanterns-at-sea")
    assert tables() == before
    assert User.objects.filter(username__in=told).count() == 3
    assert all(user.check_password("lanterns-at-sea") for user in User.objects.all())
