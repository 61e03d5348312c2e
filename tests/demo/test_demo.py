"""`manage.py demo`: what a person finds who has run one command."""

import io
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import operations, workflow
from articles.images import check
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
from articles.states import Role, Status

pytestmark = pytest.mark.django_db


def demo(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", "--no-serve", *arguments, stdout=out)
    return out.getvalue()


def passwords(told: str) -> dict[str, str]:
    return dict(re.findall(r"^ +(writer|editor|admin) +password (\S+)$", told, re.MULTILINE))


def tables() -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            rows[table] = cursor.fetchall()
    return rows


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


# --- run twice --------------------------------------------------------------------------------------------------------


def test_run_again_it_changes_nothing(quick_covers, settings):
    first = demo()
    before, media = tables(), files(settings.MEDIA_ROOT)
    assert "14 of 14 demo articles were new" in first
    second = demo()
    assert "0 of 14 demo articles were new" in second
    assert tables() == before
    assert files(settings.MEDIA_ROOT) == media


def test_killed_in_the_middle_and_run_again_it_ends_well(quick_covers, monkeypatch):
    make, calls = workflow.make, iter(range(100))

    def killed(*args, **kwargs):
        if next(calls) == 10:
            raise KeyboardInterrupt
        return make(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(workflow, "make", killed)
        with pytest.raises(KeyboardInterrupt):
            demo()
    half = Article.objects.count()
    assert 0 < half < 14
    assert all(article.history.exists() and article.cards.exists() for article in Article.objects.all())
    demo()
    assert Article.objects.count() == 14
    assert Edition.objects.in_force().versions().count() == 8


def test_it_adds_what_is_missing_and_leaves_the_rest_as_people_made_it(quick_covers):
    demo()
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


def test_it_fits_into_a_site_with_other_content(quick_covers):
    music = Tag.objects.create(name="Music")
    Tag.objects.create(name="k drama")
    demo()
    assert Tag.objects.by_names(["Music", "Soundtrack"]) == {
        "Music": music,
        "Soundtrack": Tag.objects.get(name="Soundtrack"),
    }
    assert Tag.objects.filter(key="kdrama").count() == 1


def test_accounts_of_other_people_with_these_names_are_left_alone(quick_covers):
    User.objects.create_user("writer", password="mine-since-spring", is_staff=True)
    with pytest.raises(CommandError, match="groups Writers and Editors"):
        demo()
    writer = User.objects.get(username="writer")
    assert writer.check_password("mine-since-spring")
    assert not writer.groups.exists()
    assert not Article.objects.exists()


# --- what is there ----------------------------------------------------------------------------------------------------


def test_every_status_and_public_state_is_there(quick_covers):
    demo()
    articles = list(Article.objects.all())
    states = {article.slug: workflow.public_state(article) for article in articles}
    assert {Status(article.status) for article in articles} == set(Status)
    assert sum(state.is_live for state in states.values()) == 8
    assert [slug for slug, state in states.items() if state.is_taken_down] == ["5-facts-about-hollow-knight"]
    assert sum(state.is_live and bool(state.waiting) for state in states.values()) == 1
    assert sum(not state.is_live and bool(state.waiting) for state in states.values()) == 1
    changed = [slug for slug, state in states.items() if state.is_live and state.changed_since and not state.waiting]
    assert changed == ["8-facts-about-reply-1988"]
    in_review = Article.objects.get(status=Status.IN_REVIEW)
    assert in_review.comments.filter(card__isnull=False).exists()
    sent_back = Article.objects.get(status=Status.CHANGES_REQUESTED)
    assert sent_back.history.filter(act="send-back").exclude(note="").exists()


def test_the_past_is_in_order_and_nobody_approved_their_own_words(quick_covers):
    demo()
    now = timezone.now()
    for article in Article.objects.all():
        lines = list(article.history.order_by("id"))
        moments = [line.at for line in lines]
        assert moments == sorted(moments), article.slug
        assert moments[-1] <= now
        assert article.created_at == moments[0], article.slug
        assert article.changed_at in moments, article.slug
        assert {line.actor_name for line in lines if line.act in ("create", "submit", "edit")} == {"writer"}
        assert {line.actor_name for line in lines if line.act not in ("create", "submit", "edit")} <= {"editor"}
        assert not any("own_work" in line.details for line in lines)
        for edition in article.editions.versions():
            published = lines[[line.details.get("edition") for line in lines].index(edition.pk)]
            assert edition.made_at == published.at, article.slug
            assert edition.revision.made_at < published.at, article.slug
    assert Revision.objects.filter(made_at__lt=now - timezone.timedelta(days=100)).exists()
    assert History.objects.filter(act="publish").count() == 9 + 3  # updates


def test_a_correction_and_a_clarification_are_told_and_a_typo_is_not(quick_covers):
    demo()
    editions = {row.edition.slug: row for row in Correction.objects.filter(at__lte=timezone.now())}
    assert {slug: row.kind for slug, row in editions.items()} == {
        "8-facts-about-parasite": "correction",
        "8-facts-about-crash-landing-on-you": "clarification",
    }
    assert "three Oscars" in editions["8-facts-about-parasite"].old
    typo = Edition.objects.in_force().get(slug="bts-in-8-facts")
    assert (typo.change_kind, typo.modified_at) == ("typo", typo.first_visible_from)


def test_unpublished_changes_and_waiting_editions_are_not_public(quick_covers):
    demo()
    reply = Article.objects.get(slug="8-facts-about-reply-1988")
    heading = reply.cards.all()[4].heading
    live = reply.editions.in_force().get()
    assert heading not in [card["heading"] for card in live.parts["cards"]]
    facts = PublishedFact.objects.in_force()
    assert not facts.filter(heading=heading).exists()
    assert not facts.filter(edition__slug="6-facts-about-train-to-busan").exists()


def test_covers_are_drawn_for_each_article(settings):
    demo()
    covers = Picture.objects.filter(covers__isnull=False)
    assert covers.count() == 14
    assert covers.values("file").distinct().count() == 14
    for cover in covers:
        assert (cover.width, cover.height) == (1600, 900)
        assert check((settings.MEDIA_ROOT / cover.file).read_bytes(), cover.file)


def test_the_demo_content_has_no_problems(quick_covers):
    demo()
    assert [problem for problem in operations.content_problems() if "leads nowhere" not in problem] == []


# --- accounts ---------------------------------------------------------------------------------------------------------


def test_passwords_are_made_up_and_told_once(quick_covers):
    told = passwords(demo())
    assert set(told) == {"writer", "editor", "admin"}
    assert len(set(told.values())) == 3
    assert all(len(password) >= 10 for password in told.values())
    assert all(User.objects.get(username=name).check_password(password) for name, password in told.items())
    again = demo()
    assert passwords(again) == dict.fromkeys(told, "unchanged")
    assert "--password WORD" in again


def test_a_password_may_be_chosen(quick_covers):
    demo()
    told = passwords(demo("--password", "lanterns-at-sea"))
    assert told == dict.fromkeys(["writer", "editor", "admin"], "lanterns-at-sea")
    before = tables()
    demo("--password", "lanterns-at-sea")
    assert tables() == before
    assert User.objects.filter(username__in=told).count() == 3
    assert all(user.check_password("lanterns-at-sea") for user in User.objects.all())


def test_each_account_has_its_role(quick_covers):
    demo("--password", "lanterns-at-sea")
    assert all(user.check_password("lanterns-at-sea") for user in User.objects.all())
    roles = {user.username: set(user.groups.all()) for user in User.objects.all()}
    groups = {role: Group.objects.get(name=role.value) for role in Role}
    assert roles == {"writer": {groups[Role.WRITER]}, "editor": {groups[Role.EDITOR]}, "admin": {groups[Role.ADMIN]}}
    assert list(User.objects.filter(is_superuser=True).values_list("username", flat=True)) == ["admin"]
    assert User.objects.filter(is_staff=True).count() == 3
    assert Author.objects.get(user__username="writer").name == "Mina Halloran"


# --- where it does not run --------------------------------------------------------------------------------------------


def test_it_refuses_production(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="FANGUIDE_MODE=production"):
        demo()
    assert not User.objects.exists()


def test_it_refuses_debug_because_it_serves_as_production_does(settings):
    settings.DEBUG = True
    with pytest.raises(CommandError, match="unset FANGUIDE_DEBUG"):
        demo()
