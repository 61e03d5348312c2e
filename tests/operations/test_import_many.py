"""`manage.py import_article` with folders, zips and exports: resumed, repeated, and never over a person's work."""

import io
import zipfile
from pathlib import Path
from unittest import mock
from unittest.mock import DEFAULT

import pytest
from django.core.management import CommandError, call_command

from articles import drafts, operations, readiness, roles, states, workflow
from articles.models import Article, Author, Edition, FactCard, History, ImportedDocument, OldPath
from articles.operations import Outcome, many, sources
from tests import make
from tests.operations.exports import export, post

pytestmark = pytest.mark.django_db

FERRY = (Path(__file__).resolve().parent.parent / "data" / "operations" / "ferry.txt").read_bytes()
NAMED = FERRY.replace(b"3 things the night ferry", b"3 things the day ferry")


def run(*arguments: object, **options: object) -> str:
    out = io.StringIO()
    call_command("import_article", *map(str, arguments), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def outcomes(*paths: object, **options: bool) -> list[str]:
    return [report.outcome.value for report in operations.import_many(map(str, paths), **options)]


def counted(told: str) -> dict[str, int]:
    """The table at the end."""
    lines = [line.rsplit(maxsplit=1) for line in told.splitlines()[-len(Outcome) :]]
    return {name.strip(): int(number) for name, number in lines}


def zipped(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return path


@pytest.fixture
def boss():
    return make.user(role=roles.Role.ADMIN, is_superuser=True)


@pytest.fixture
def site_export(tmp_path: Path) -> Path:
    path = tmp_path / "site.xml"
    path.write_bytes(export(post(1), post(2, status="draft"), post(3, kind="page")))
    return path


# --- what is walked ---------------------------------------------------------------------------------------------------


def test_a_folder_gives_its_documents_those_of_its_folders_and_of_its_archives(boss, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "ferry.txt").write_bytes(FERRY)
    (tmp_path / "deep" / "other.md").write_bytes(FERRY)
    (tmp_path / "photo.jpg").write_bytes(make.image_bytes())
    (tmp_path / ".hidden.txt").write_bytes(FERRY)
    zipped(tmp_path / "old.zip", day_txt=NAMED, deep__site_xml=export(post(1)), photo_jpg=b"")
    told = run(tmp_path)
    assert counted(told) == {"new": 4, "updated": 0, "unchanged": 0, "kept because edited": 0, "refused": 0}
    assert sorted(Article.objects.values_list("title", flat=True)) == [
        "3 things the day ferry never told you",
        "3 things the night ferry never told you",
        "3 things the night ferry never told you",
        "Five lamps of quay 1",
    ]


def test_a_post_comes_with_its_names_and_its_dates(boss, site_export):
    run(site_export)
    article = Article.objects.get(title="Five lamps of quay 1")
    assert [tag.name for tag in article.tags.order_by("name")] == ["Islands", "lamps"]
    assert [author.name for author in article.authors.all()] == ["Mara Tellin"]
    assert (article.slug, article.dek) == ("quay-1", "What burns at quay 1.")
    assert f"{article.created_at:%Y-%m-%d}" == "2019-05-03"
    assert Article.objects.count() == 2  # pages are not posts
    assert Author.objects.count() == 1


def test_without_being_told_to_publish_everything_is_a_draft(boss, site_export):
    run(site_export)
    assert set(Article.objects.values_list("status", flat=True)) == {"draft"}
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MOST_ENTRIES", 1, "holds more than 1 files"),
        ("LARGEST_ARCHIVE", 100, "unpacks to more than"),
        ("SMALL", 10, "to 100 times its size"),
    ],
)
def test_a_bomb_is_refused_before_anything_of_it_is_unpacked(boss, tmp_path, monkeypatch, name, value, sentence):
    path = zipped(tmp_path / "bomb.zip", a_txt=FERRY, b_txt=b"1. " * 100_000)
    monkeypatch.setattr(sources, name, value)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(CommandError, match=sentence):
        run(path)
    assert not Article.objects.exists()


@pytest.mark.parametrize("data", [b"no zip at all", b"PK\x03\x04 cut"])
def test_what_is_no_archive_is_told_and_the_rest_is_imported(boss, tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.txt").write_bytes(FERRY)
    with pytest.raises(CommandError, match=r"a\.zip is no zip file, or a damaged one"):
        run(tmp_path)
    assert Article.objects.count() == 1


def test_an_export_that_is_cut_off_keeps_what_came_before(boss, tmp_path):
    path = tmp_path / "cut.xml"
    path.write_bytes(export(post(1), post(2), tail="<item><title>Five la"))
    with pytest.raises(CommandError, match=r"cut\.xml is broken or cut off .*the 2 posts before it are whole"):
        run(path)
    assert Article.objects.count() == 2


def test_a_name_that_means_two_is_asked_back_once_and_before_anything(boss, tmp_path):
    make.subject(name="Ferry")
    make.subject(name="Ferry")
    (tmp_path / "site.xml").write_bytes(export(post(1), post(2)))
    with pytest.raises(CommandError) as refused:
        run(tmp_path, "--subject", "Ferry")
    assert str(refused.value).count("Several are called") == 1
    assert not Article.objects.exists()


def test_a_refused_document_takes_no_new_name_from_those_after_it(boss, tmp_path):
    long = f"# {'very ' * 50}long\n\n## 1. One\n\nText.\n\n## 2. Two\n\nText.\n\n## 3. Three\n\nText.\n"
    (tmp_path / "a.md").write_text(long)
    (tmp_path / "b.txt").write_bytes(FERRY)
    with pytest.raises(CommandError, match="title: “very"):
        run(tmp_path, "--subject", "Night boats", "--author", "Lee Bora")
    article = Article.objects.get()
    assert (article.subject.name, article.authors.get().name) == ("Night boats", "Lee Bora")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.slow
@pytest.mark.parametrize(("terminal", "is_told"), [(Terminal(), True), (io.StringIO(), False)])
def test_a_terminal_sees_the_number_grow_and_a_pipe_does_not(boss, tmp_path, terminal, is_told):
    (tmp_path / "site.xml").write_bytes(export(*map(post, range(1, 22))))
    call_command("import_article", str(tmp_path), "--json", stdout=io.StringIO(), stderr=terminal, no_color=True)
    assert ("\r20 documents" in terminal.getvalue()) == is_told


# --- again ------------------------------------------------------------------------------------------------------------


def test_the_same_again_changes_nothing_and_reads_nothing(boss, site_export, tmp_path, monkeypatch):
    archive = zipped(tmp_path / "old.zip", ferry_txt=FERRY)
    assert outcomes(site_export, archive) == ["new", "new", "new"]
    before = list(Article.objects.values_list("pk", "change"))
    monkeypatch.setattr(many, "_read", None)
    assert outcomes(site_export, archive) == ["unchanged"] * 3
    assert list(Article.objects.values_list("pk", "change")) == before


def test_after_being_killed_a_second_run_goes_on_with_what_is_missing(boss, tmp_path, monkeypatch):
    path = tmp_path / "site.xml"
    path.write_bytes(export(*map(post, range(1, 8))))
    monkeypatch.setattr(many, "BATCH", 3)
    run_of_many = operations.import_many([str(path)])
    done = [next(run_of_many) for _ in range(4)]  # the second batch is kept, and then the power goes
    run_of_many.close()
    assert {report.article.title for report in done} <= set(Article.objects.values_list("title", flat=True))
    assert Article.objects.count() == ImportedDocument.objects.count() == 6
    assert outcomes(path) == ["unchanged"] * 6 + ["new"]
    assert Article.objects.count() == 7


def test_what_is_told_as_done_is_kept_and_a_broken_batch_leaves_nothing(boss, tmp_path, monkeypatch):
    path = tmp_path / "site.xml"
    path.write_bytes(export(*map(post, range(1, 5))))
    monkeypatch.setattr(many, "BATCH", 2)
    create, calls = drafts.create, iter([True, True, True, False])

    def dies(*args, **kwargs):
        if not next(calls):
            raise KeyboardInterrupt
        return create(*args, **kwargs)

    monkeypatch.setattr(drafts, "create", dies)
    told = []
    with pytest.raises(KeyboardInterrupt):
        told.extend(operations.import_many([str(path)]))
    assert Article.objects.count() == ImportedDocument.objects.count() == 2
    monkeypatch.setattr(drafts, "create", create)
    assert outcomes(path) == ["unchanged", "unchanged", "new", "new"]


def test_changed_bytes_take_the_place_of_an_untouched_draft(boss, tmp_path):
    path = tmp_path / "site.xml"
    path.write_bytes(export(post(1), post(2)))
    run(path)
    article = Article.objects.get(title="Five lamps of quay 1")
    path.write_bytes(export(post(1, fact="burns gas"), post(2)))
    assert counted(run(path)) == {"new": 0, "updated": 1, "unchanged": 1, "kept because edited": 0, "refused": 0}
    assert article.cards.first().heading == "Lamp 1 of quay 1 burns gas"
    assert article.cards.count() == 5
    assert article.revisions.count() == 2
    assert article.tags.count() == 2
    path.write_bytes(export(post(1, fact="burns wax"), post(2)))
    assert outcomes(path) == ["updated", "unchanged"]  # an update is no person's touch


def edit(article: Article, by) -> None:
    value = drafts.introduction_of(article)
    drafts.save_introduction(article, drafts.Introduction(introduction="Mine."), token=drafts.token(value), by=by)


def hand_in_and_withdraw(article: Article, by) -> None:
    with mock.patch.object(readiness, "blocking", return_value=[]):
        handed_in = workflow.make(states.SUBMIT, article, by=by)
    workflow.make(states.WITHDRAW, handed_in, by=by)


def delete(article: Article, by) -> None:
    drafts.delete(article, by=by)


@pytest.mark.parametrize("act", [edit, hand_in_and_withdraw, delete])
def test_what_a_person_has_touched_is_never_touched_again(boss, tmp_path, act):
    path = tmp_path / "ferry.txt"
    path.write_bytes(FERRY)
    run(path)
    act(Article.objects.get(), boss)
    before = list(Article.objects.values()), list(FactCard.objects.values())
    path.write_bytes(NAMED)
    told = run(path)
    assert counted(told)["kept because edited"] == 1
    assert "Somebody" in told
    assert (list(Article.objects.values()), list(FactCard.objects.values())) == before


def test_posts_of_two_sites_with_the_same_number_are_two(boss, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.xml").write_bytes(export(post(1), site=f"https://{name}.example"))
    assert outcomes(tmp_path) == ["new", "new"]


def test_a_later_export_under_another_name_knows_its_posts_again(boss, tmp_path):
    (tmp_path / "may.xml").write_bytes(export(post(1)))
    (tmp_path / "june.xml").write_bytes(export(post(1), post(2)))
    assert outcomes(tmp_path / "may.xml", tmp_path / "june.xml") == ["new", "unchanged", "new"]


# --- publishing -------------------------------------------------------------------------------------------------------


def test_publishing_makes_live_what_was_public_since_the_day_it_was(boss, site_export):
    told = run(site_export, "--publish")
    edition = Edition.objects.get()
    assert (edition.title, f"{edition.visible_from:%Y-%m-%d %H:%M}") == ("Five lamps of quay 1", "2019-05-03 10:20")
    assert edition.article.status == "approved"
    assert edition.article.approved_revision == edition.revision
    line = edition.article.history.get(act=History.Act.IMPORT_PUBLISH)
    assert (line.actor, line.details["own_work"]) == (boss, True)
    assert Article.objects.get(title="Five lamps of quay 2").status == "draft"
    assert "Live as of 2019-05-03." in told
    assert OldPath.objects.get().article == edition.article


def test_drafts_of_an_earlier_run_are_published_by_a_later_one_and_only_once(boss, site_export):
    run(site_export)
    assert outcomes(site_export, publish=True) == ["updated", "unchanged"]
    assert Edition.objects.count() == 1
    assert Edition.objects.get().revision.number == 1
    assert outcomes(site_export, publish=True) == ["unchanged", "unchanged"]


def test_a_draft_that_somebody_has_edited_is_not_published(boss, site_export):
    run(site_export)
    edit(Article.objects.get(title="Five lamps of quay 1"), boss)
    assert outcomes(site_export, publish=True) == ["kept because edited", "unchanged"]
    assert not Edition.objects.exists()


def test_what_is_live_is_kept_when_its_source_changes(boss, tmp_path, site_export):
    run(site_export, "--publish")
    site_export.write_bytes(export(post(1, fact="burns gas")))
    assert outcomes(site_export, publish=True) == ["kept because edited"]
    assert Edition.objects.count() == 1


def test_an_address_that_is_taken_leaves_a_draft_and_a_sentence(boss, site_export):
    make.edition(slug="quay-1")
    told = run(site_export, "--publish")
    assert "It stays a draft: The address “quay-1” belongs to another article" in told
    assert Article.objects.get(title="Five lamps of quay 1").status == "draft"
    assert not OldPath.objects.exists()


def test_a_writer_may_not_publish(site_export):
    make.writer()
    with pytest.raises(CommandError, match="may not publish: name an editor's account"):
        run(site_export, "--publish")
    assert not Article.objects.exists()


def test_a_fault_of_the_program_ends_no_batch_and_is_named(tmp_path: Path) -> None:
    make.writer()
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(FERRY)
    real, seen = drafts.create, []

    def create(*given: object, **options: object) -> object:
        seen.append(given)
        if len(seen) == 2:
            raise ZeroDivisionError
        return real(*given, **options)

    with mock.patch.object(drafts, "create", create):
        reports = list(operations.import_many([str(tmp_path)]))
    assert [report.outcome for report in reports] == [Outcome.NEW, Outcome.REFUSED, Outcome.NEW]
    assert "b.txt" in reports[1].sentence
    assert Article.objects.count() == 2


def test_a_document_that_no_reader_survives_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(FERRY)
    with mock.patch("articles.importing.read", side_effect=[ZeroDivisionError, DEFAULT]):
        reports = list(operations.read_many([str(tmp_path), "no\0name"]))
    assert reports[0].outcome is Outcome.REFUSED
    assert "a.txt" in reports[0].sentence
    assert "no" in reports[-1].name
    assert reports[-1].outcome is Outcome.REFUSED
