"""Tying an account to a person of a provider from the command line, and what else of the site knows of it."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles import operations
from articles.models import ExternalIdentity
from articles.operations.doctor import machine
from tests import make, provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _studio(settings):
    settings.OIDC_ISSUER, settings.OIDC_NAME = "https://studio.example", "Studio"


def run(*words: str) -> None:
    call_command("account", *words)


def test_an_account_is_tied_and_untied_by_a_command(capsys):
    mina = make.writer(name="mina")
    run("mina", "--connect-oidc", "one")
    run("mina", "--connect-oidc", "two")
    assert ExternalIdentity.objects.get().subject == "two"
    assert operations.oidc.is_connected(mina)
    run("mina", "--disconnect-oidc")
    assert not operations.oidc.is_connected(mina)
    assert "changepassword mina" in capsys.readouterr().out


def test_a_person_of_the_provider_is_one_account_letter_by_letter():
    make.writer(name="mina")
    make.writer(name="jun")
    run("mina", "--connect-oidc", "one")
    with pytest.raises(CommandError, match=r"mina already: manage\.py account mina --disconnect-oidc"):
        run("jun", "--connect-oidc", "one")
    run("jun", "--connect-oidc", "One")


def test_what_cannot_be_is_refused(settings):
    make.writer(name="mina")
    with pytest.raises(CommandError, match="claim sub"):
        run("mina", "--connect-oidc", "민아")
    settings.OIDC_ISSUER = ""
    with pytest.raises(CommandError, match="FANGUIDE_OIDC_ISSUER"):
        run("mina", "--connect-oidc", "one")


def test_a_persons_data_tells_of_it_and_an_anonymous_account_has_none():
    mina = make.writer(name="mina")
    make.admin()
    operations.oidc.connect(mina, "one")
    rows = json.loads(operations.personal_data(mina))["named_by"]["articles.ExternalIdentity.user"]
    assert [row["subject"] for row in rows] == ["one"]
    operations.anonymise(mina)
    assert not ExternalIdentity.objects.exists()


def test_the_doctor_asks_the_provider(settings):
    with provider.serving() as there:
        settings.OIDC_ISSUER = there.issuer
        assert list(machine.log_in_provider()) == []
        there.described = {"issuer": "https://other.example"}
        [finding] = machine.log_in_provider()
    assert (finding.code, finding.level) == ("oidc", operations.Level.ERROR)
    assert "https://other.example" in finding.sentence
    assert "FANGUIDE_OIDC_ISSUER" in finding.remedy
    [finding] = machine.log_in_provider()
    assert "does not answer" in finding.sentence
    settings.OIDC_ISSUER = ""
    assert list(machine.log_in_provider()) == []
