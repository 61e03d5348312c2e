"""A backup of the whole site, made while it serves, and the site made of a backup again.

    manifest.json       which program, Django, database and migrations made it, when, and how many files it has
    database.sqlite3    or database.dump (PostgreSQL, custom format): everything at that instant, but who is logged in
    media/…             the files of the picture library
    pages.txt           a digest of what each public address answered at that instant
    SHA256SUMS          a digest of each of these files, as `sha256sum --check` reads it

It is a folder, or one tar file, which may be encrypted; here, or in an S3-like store. Its name appears when it is whole
and safe.
"""

from articles.operations.backup.making import Made, make_backup
from articles.operations.backup.record import LastBackup, last_backup, newest_backup
from articles.operations.backup.restoring import Restored, restore_backup
from articles.operations.backup.working import leftovers, maintenance_lock

__all__ = [
    "LastBackup",
    "Made",
    "Restored",
    "last_backup",
    "leftovers",
    "maintenance_lock",
    "make_backup",
    "newest_backup",
    "restore_backup",
]
