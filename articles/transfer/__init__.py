"""Export and import: one article by any of its names, and a whole site as plain files that make it again elsewhere.

    fanguide.json               the mark of an export, written last
    people.json                 accounts by name with their roles; no passwords, no addresses
    subjects.json authors.json tags.json    with every address that they ever had
    pictures.json  pictures/    the library and its files, named by their content
    facts.json                  since when readers know each fact
    order.json                  articles, editions and facts in the order in which they were made
    history.json                lines whose article is gone
    imports.json                which sources became which articles
    articles/NAME/
        article.md              the working copy, as `export_article` writes it
        article.json            what belongs to it: owner, status, addresses …
        wordings.json           earlier wordings of its parts, if there are any
        decisions.json          what editors said of its parts, if they did
        comments.json history.json
        revisions/NUMBER.json   what was handed in and approved
        editions/INSTANT.json   the public events, with their rendered words

Nothing in it is a primary key, and equal sites give equal bytes: it can be kept under version control, and a site made
from it shows the same pages byte for byte. Lists of equal age are told apart by the order in which rows were made, so
that order is part of the export.
"""

from articles.transfer.errors import TransferError
from articles.transfer.finding import article_named, live_document
from articles.transfer.site import export_site, import_site
from articles.transfer.summary import TransferSummary

__all__ = ["TransferError", "TransferSummary", "article_named", "export_site", "import_site", "live_document"]
