"""What readers see, and what lies about unused. `manage.py check_content` tells a part of the same."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from articles.models import Edition, OldPath, Picture, SearchRow, SourceCheck
from articles.operations.backup import media
from articles.operations.checking import article_problems
from articles.operations.counting import wrong_counts
from articles.operations.doctor.findings import Findings, error, warning
from articles.operations.orphans import orphaned_files
from articles.operations.picture_uses import wrong_picture_uses
from articles.operations.searching import wrong_working_copies
from articles.operations.statements import wrong_statements
from articles.operations.tags.near import unused

#: So many of a kind are told one by one; the others are counted.
_TOLD = 100


def old_renderer() -> Findings:
    if count := Edition.objects.outdated().count():
        sentence = _("Editions made by an older renderer: %(count)s.") % {"count": count}
        yield warning("renderer", sentence, _("Run manage.py rebuild_editions."))


def unused_tags() -> Findings:
    if names := [str(tag) for tag in unused()]:
        sentence = _("Tags that stand on nothing: %(count)s, the first is “%(name)s”.")
        sentence %= {"count": len(names), "name": names[0]}
        yield warning("tags", sentence, _("Delete them or use them: Tags, “Tags to look at”, on the desk."))


def dead_redirects() -> Findings:
    """A takedown in force answers 410, which is an answer."""
    events = Edition.objects.in_force().filter(article=OuterRef("article"))
    dead = OldPath.objects.filter(~Exists(events)).order_by("pk")
    if count := dead.count():
        sentence = _("Addresses of the former site that lead nowhere: %(count)s, the first is %(path)s.")
        sentence %= {"count": count, "path": f"/{dead.values_list('path', flat=True)[0]}"}
        yield warning("redirects", sentence, _("Publish the articles that they lead to."))


def dead_sources() -> Findings:
    """As far as somebody had them looked at; one with an archived copy beside it is no harm."""
    if count := SourceCheck.objects.dead().in_use(without_copy=True).count():
        sentence = _("Addresses of sources that are gone, without an archived copy: %(count)s.") % {"count": count}
        yield warning("dead-sources", sentence, _("Name archived copies on the desk: “Dead sources”."))


def counts() -> Findings:
    if count := wrong_counts():
        sentence = _("Counts that differ from what is published: %(count)s.") % {"count": count}
        yield error("counts", sentence, _("Run manage.py rebuild_counts."))


def search() -> Findings:
    lost = Edition.objects.in_force().versions().filter(~Exists(SearchRow.objects.filter(edition=OuterRef("pk"))))
    if count := lost.count():
        sentence = _("Articles that the search does not find: %(count)s.") % {"count": count}
        yield error("search", sentence, _("Run manage.py rebuild_search."))


def working_copies() -> Findings:
    """By which writers and editors find cards and articles at the desk."""
    if count := wrong_working_copies():
        sentence = _("Facts and titles that the desk’s search does not find by their words: %(count)s.")
        yield error("desk-search", sentence % {"count": count}, _("Run manage.py rebuild_search."))


def statements() -> Findings:
    """By which contradictions are found."""
    if count := wrong_statements():
        sentence = _("Articles whose contradictions are not all found: %(count)s.") % {"count": count}
        yield warning("statements", sentence, _("Run manage.py rebuild_statements."))


def picture_uses() -> Findings:
    """By which a picture that is used is kept, and a change of it reaches the articles that show it."""
    if count := wrong_picture_uses():
        sentence = _("Articles whose uses of pictures are not all known: %(count)s.") % {"count": count}
        yield error("picture-uses", sentence, _("Run manage.py rebuild_picture_uses."))


def pictures() -> Findings:
    """Files of the library; what articles show of them is looked at by `articles`."""
    stored = set(media.names())
    files = (name for own, copies in Picture.objects.values_list("file", "copies") for name in {own, *copies})
    if lost := [name for name in files if name not in stored]:
        sentence = _("Pictures of the library whose files are lost: %(count)s, the first is %(file)s.")
        sentence %= {"count": len(lost), "file": lost[0]}
        yield error("pictures", sentence, _("Take the files from a backup, which has them below media/."))


def orphans() -> Findings:
    if files := orphaned_files():
        sentence = _("Files that nothing names: %(count)s, the first is %(file)s.")
        sentence %= {"count": len(files), "file": files[0]}
        yield warning("orphans", sentence, _("Run manage.py remove_orphans."))


def articles() -> Findings:
    """Broken links, pictures without words, files that articles show and that are damaged."""
    more = 0
    for number, sentence in enumerate(article_problems()):
        if number < _TOLD:
            yield warning("article", sentence, _("Correct the article on the desk and publish it again."))
        else:
            more += 1
    if more:
        sentence = _("More problems in articles: %(count)s.") % {"count": more}
        yield warning("article", sentence, _("Run manage.py check_content, which names them all."))
