"""`manage.py demo` where it is run: in an empty database, beside other things, killed halfway, and where it refuses."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError

from articles import workflow
from articles.models import Article, Edition, Tag
from tests.demo.running import demo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_covers")]


@pytest.mark.slow
def test_killed_in_the_middle_and_run_again_it_ends_well(monkeypatch):
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


@pytest.mark.slow
def test_it_fits_into_a_site_with_other_content():
    music = Tag.objects.create(name="Music")
    Tag.objects.create(name="k drama")
    demo()
    assert Tag.objects.by_names(["Music", "Soundtrack"]) == {
        "Music": music,
        "Soundtrack": Tag.objects.get(name="Soundtrack"),
    }
    assert Tag.objects.filter(key="kdrama").count() == 1


@pytest.mark.slow
def test_accounts_of_other_people_with_these_names_are_left_alone():
    User.objects.create_user("writer", password="mine-since-spring", is_staff=True)
    with pytest.raises(CommandError, match="groups Writers and Editors"):
        demo()
    writer = User.objects.get(username="writer")
    assert writer.check_password("mine-since-spring")
    assert not writer.groups.exists()
    assert not Article.objects.exists()


def test_it_refuses_production(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="FANGUIDE_MODE=production"):
        demo()
    assert not User.objects.exists()


def test_it_refuses_debug_because_it_serves_as_production_does(settings):
    settings.DEBUG = True
    with pytest.raises(CommandError, match="unset FANGUIDE_DEBUG"):
        demo()
