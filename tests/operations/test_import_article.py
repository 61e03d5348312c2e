"""`manage.py import_article`: documents of `tests/data/operations` and bad ones become drafts, or sentences."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles import importing
from articles.document import Document
from articles.importing import Account, Embedded, Imported, Unplaced
from articles.models import Article, Author, History, Picture, Subject
from articles.operations import make_draft
from articles.roles import Role
from tests import make

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "tests" / "data" / "operations"
FERRY = str(DATA / "ferry.txt")


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_article", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """A bad file of each kind, and what the sentence about it has to say."""
    contents = {
        "empty": (b" \n", "is empty: choose the file"),
        "binary": (bytes(range(256)) * 20, "save"),
        "picture": (make.image_bytes(), "is a picture, not a text: save the document as"),
        "encoding": (b"\xef\xbb\xbf1. Facts \xff\xfe and more", "broken at byte 9: save it again as UTF-8"),
        "large": (b"1. A fact\nand a word " + b"more " * (1024 * 1024 + 1), "more than 5 MB of text"),
        "no-card": ((DATA / "letter.txt").read_bytes(), "holds no list of cards: number the headings"),
    }
    found = {}
    for name, (data, sentence) in contents.items():
        path = folder / f"{name}.txt"
        path.write_bytes(data)
        found[name] = (path, sentence)
    return found


BAD = ["empty", "binary", "picture", "encoding", "large", "no-card"]


# --- without a database -----------------------------------------------------------------------------------------------


def test_a_dry_run_tells_what_it_found_without_a_database():
    told = run(FERRY, "--dry-run")
    assert "“3 things the night ferry never told you”" in told
    assert "3 cards, 1 question" in told
    assert "Fact 3 names episode 4: proposed as safe after episode 4." in told
    assert "Every word has its place." in told


def test_a_dry_run_as_json_is_one_line_for_each_file_and_nothing_else(tmp_path):
    other = tmp_path / "other.txt"
    other.write_bytes((DATA / "ferry.txt").read_bytes())
    lines = run(FERRY, str(other), "--dry-run", "--json").splitlines()
    assert len(lines) == 2
    found = json.loads(lines[0])
    assert found["title"] == "3 things the night ferry never told you"
    assert [card["emoji"] for card in found["cards"]] == ["⚓", "🕯️", "🎣"]
    assert found["cards"][1]["quotes"] == [
        {"text": "“You only see it when the sea is calm.”", "attribution": "Mina Park"}
    ]
    assert found["faqs"] == [{"question": "Is there a second season?", "answer": "Nobody has said so."}]
    assert found["unplaced"] == []
    assert lines[0] == lines[1]


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_one_sentence_with_its_name_and_the_remedy(kind, tmp_path):
    path, sentence = bad_files(tmp_path)[kind]
    with pytest.raises(CommandError) as refused:
        run(str(path), "--dry-run")
    told = str(refused.value)
    assert str(path) in told
    assert sentence in told
    assert len(told.splitlines()) == 1


def test_what_cannot_be_opened_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(str(tmp_path / "nowhere.txt"), "--dry-run")


def test_a_folder_without_a_document_is_told(tmp_path):
    with pytest.raises(CommandError, match="holds no document: name a folder"):
        run(str(tmp_path), "--dry-run")


def test_good_files_are_told_beside_bad_ones(tmp_path):
    path, _sentence = bad_files(tmp_path)["empty"]
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_article", FERRY, str(path), "--dry-run", "--json", stdout=out)
    assert len(out.getvalue().splitlines()) == 1


@pytest.mark.slow
def test_at_the_command_line_a_bad_file_ends_with_1_and_leaves_stdout_to_json(tmp_path):
    path, sentence = bad_files(tmp_path)["no-card"]
    command = [sys.executable, "manage.py", "import_article", FERRY, str(path), "--dry-run", "--json"]
    nowhere = {"FANGUIDE_DATA": str(tmp_path), "FANGUIDE_DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}
    done = subprocess.run(command, cwd=ROOT, env=os.environ | nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == [
        "3 things the night ferry never told you"
    ]
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


# --- drafts -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_document_becomes_a_draft_with_its_account():
    owner = make.writer()
    told = run(FERRY)
    draft = Article.objects.get()
    assert (draft.title, draft.status, draft.owner) == ("3 things the night ferry never told you", "draft", owner)
    assert [card.heading for card in draft.cards.all()] == [
        "The boat is older than the port",
        "There are nine lamps on deck",
        "In episode 4 the cook goes overboard",
    ]
    assert [card.spoiler_after for card in draft.cards.all()] == [None, None, 4]
    assert draft.history.get().act == History.Act.IMPORT
    assert draft.history.get().note == FERRY
    assert draft.revisions.get().reason == "imported"
    assert f"Draft {draft.pk}" in told


@pytest.mark.django_db
def test_what_was_not_placed_stands_beside_the_draft():
    read = importing.read((DATA / "ferry.txt").read_bytes(), "ferry.txt")
    unplaced = (Unplaced("A stray line.", "no reason"), Unplaced("Another.", "no reason"))
    imported = Imported(read.document, Account(source="", unplaced=unplaced), "ferry.txt", "text")
    draft = make_draft(imported, by=make.writer())
    assert draft.unplaced_text == "A stray line.\n(no reason)\n\nAnother.\n(no reason)"


@pytest.mark.django_db
def test_without_a_title_the_file_names_the_draft(tmp_path):
    make.writer()
    path = tmp_path / "10-facts_about-the ferry.txt"
    path.write_text("1. One fact\nThat is so.\n\n2. Two facts\nThese are so.\n\n3. Three facts\nAll are so.\n")
    run(str(path))
    assert Article.objects.get().title == "10 facts about the ferry"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", BAD)
def test_one_bad_file_among_good_ones_is_told_and_they_are_imported(kind, tmp_path):
    make.writer()
    path, sentence = bad_files(tmp_path)[kind]
    with pytest.raises(CommandError, match=sentence):
        run(str(path), FERRY)
    assert Article.objects.get().title == "3 things the night ferry never told you"


@pytest.mark.django_db
def test_when_every_file_is_bad_no_name_is_made(tmp_path):
    make.writer()
    path, _sentence = bad_files(tmp_path)["no-card"]
    with pytest.raises(CommandError):
        run(str(path), "--subject", "A new one", "--author", "Somebody new")
    assert not Subject.objects.exists()
    assert not Author.objects.exists()


@pytest.mark.django_db
def test_words_that_no_field_can_hold_are_told_with_their_place(tmp_path):
    make.writer()
    path = tmp_path / "long.md"
    path.write_text(f"# {'very ' * 50}long\n\n## 1. One\n\nText.\n\n## 2. Two\n\nText.\n\n## 3. Three\n\nText.\n")
    with pytest.raises(CommandError, match=r"long\.md: title: “very .* has 254 characters: use at most 200\."):
        run(str(path), "--author", "Somebody new")
    assert not Article.objects.exists()
    assert not Author.objects.exists()


@pytest.mark.django_db
def test_pictures_of_the_file_come_into_the_library():
    document = Document(title="Ferry", introduction="![A lamp](picture:image1.jpg)", cards=(make.card(),))
    pictures = (Embedded("image1.jpg", make.image_bytes(), "A lamp"),)
    draft = make_draft(Imported(document, Account(source=""), "ferry.docx", "docx", pictures), by=make.writer())
    picture = Picture.objects.get()
    assert draft.introduction == f"![A lamp](picture:{picture.public_id})"
    assert picture.alt == "A lamp"


# --- whose and about whom ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_author_and_subject_are_found_by_name_address_or_own_script(tmp_path):
    make.writer()
    author = make.author(name="Mina Park")
    subject = make.subject(name="The Night Ferry", original_name="밤배")
    for author_name, subject_name in [
        ("mina park", "the night ferry"),
        ("mina-park", "the-night-ferry"),
        ("Mina Park", "밤배"),
    ]:
        path = tmp_path / f"{author_name} on {subject_name}.txt"
        path.write_bytes((DATA / "ferry.txt").read_bytes())
        run(str(path), "--author", author_name, "--subject", subject_name)
    assert all(draft.subject == subject for draft in Article.objects.all())
    assert all(list(draft.authors.all()) == [author] for draft in Article.objects.all())
    assert (Author.objects.count(), Subject.objects.count(), Article.objects.count()) == (1, 1, 3)


@pytest.mark.django_db
def test_new_names_make_a_new_author_and_subject():
    make.writer()
    run(FERRY, "--author", "Lee Bora", "--subject", "밤배")
    draft = Article.objects.get()
    assert (draft.subject.name, draft.subject.slug) == ("밤배", "밤배")
    assert [author.name for author in draft.authors.all()] == ["Lee Bora"]


@pytest.mark.django_db
def test_without_an_author_it_is_the_byline_of_the_account():
    owner = make.writer()
    byline = make.author(name="Mina Park", user=owner)
    run(FERRY)
    assert list(Article.objects.get().authors.all()) == [byline]


@pytest.mark.django_db
def test_a_name_that_means_two_subjects_is_asked_back():
    make.writer()
    make.subject(name="Ferry")
    make.subject(name="Ferry")
    with pytest.raises(CommandError, match=r"Several are called 'FERRY': .* \(ferry, ferry-2\)"):
        run(FERRY, "--subject", "FERRY")


@pytest.mark.django_db
def test_the_draft_goes_to_the_account_that_is_named():
    make.writer()
    other = make.writer(name="bora")
    run(FERRY, "--owner", "bora")
    assert Article.objects.get().owner == other


@pytest.mark.django_db
def test_without_a_name_the_only_superuser_owns_the_draft():
    make.writer()
    make.editor()
    boss = make.user(role=Role.ADMIN, is_superuser=True)
    run(FERRY)
    assert Article.objects.get().owner == boss


@pytest.mark.django_db
def test_nobody_guesses_between_two_accounts():
    make.writer(name="bora")
    make.writer(name="mina")
    with pytest.raises(CommandError, match=r"--owner USERNAME \(there are bora, mina\)"):
        run(FERRY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("owner", "sentence"),
    [("", "createsuperuser"), ("nobody", "There is no account 'nobody'"), ("guest", "guest may not write articles")],
)
def test_an_owner_who_cannot_be_one_is_told(owner, sentence):
    make.user(role=None, name="guest")
    with pytest.raises(CommandError, match=sentence):
        run(FERRY, "--owner", owner)
    assert not Article.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "language"), [("Die Fähre ist für den Film gebaut, und die Crew war nicht im Hafen.", "de"), ("", "")]
)
def test_a_text_in_another_language_than_the_site_says_so(tmp_path: Path, words: str, language: str):
    path = tmp_path / "facts.txt"
    facts = "\n\n".join(f"{number}. Fact {number}\n\n{words or 'It was built for a film.'}" for number in (1, 2, 3))
    path.write_text(f"Three facts\n\n{facts}\n")
    run(str(path), "--owner", make.writer().username)
    assert Article.objects.get().language == language
