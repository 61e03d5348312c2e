"""What others are told once an act is committed, out of the outbox (models.outbox): caches that have to forget pages,
the hub that tells readers of feeds, the webhooks of other programs, and people by letter.

Publication never waits for it, and needs no worker: each process of the site sends what waits in a thread of its own
(`background`), unless `manage.py send_outbox --keep-running` does (FANGUIDE_OUTBOX_WORKER).
"""

from articles.delivery.requests import refusal_of
from articles.delivery.sending import Report, forget, oldest_waiting, send_waiting

__all__ = ["Report", "forget", "oldest_waiting", "refusal_of", "send_waiting"]
