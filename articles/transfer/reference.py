"""People, subjects, authors, tags, the addresses of facts and the pages of the site, each as one file: both ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import Group, User

from articles.models import (
    Address,
    Author,
    FactCheck,
    FactUse,
    FeaturedFact,
    HouseTerm,
    ProofRequirement,
    Ruling,
    SitePage,
    Subject,
    Tag,
    TagAlias,
    VoteCount,
)
from articles.roles import Role
from articles.text import keys
from articles.transfer.context import ExportContext, ImportContext
from articles.transfer.fields import Kind, Table, insert, pack, packed, unpack
from articles.transfer.proofs import PROOF_REQUIREMENT
from articles.transfer.tables import (
    ADDRESS,
    ALIAS,
    AUTHOR,
    FACT_ADDRESS,
    FACT_CHECK,
    FEATURED_FACT,
    HOUSE_TERM,
    PERSON,
    RULING,
    SITE_PAGE,
    SUBJECT,
    TAG,
    VOTE_COUNT,
)
from articles.transfer.uses import FACT_USE
from articles.transfer.values import Values, instant

HOUSE_TERMS, CHECKS, FEATURED = "house_terms.json", "checks.json", "featured.json"
VOTES, RULINGS, REQUIREMENTS = "votes.json", "rulings.json", "requirements.json"
USES = "uses.json"
_ROLES = [role.value for role in Role]

Owner = Subject | Author | Tag  # of addresses
_FILES: tuple[tuple[str, Kind, Table, str], ...] = (
    ("subjects.json", Kind.SUBJECT, SUBJECT, "slug"),
    ("authors.json", Kind.AUTHOR, AUTHOR, "slug"),
    ("tags.json", Kind.TAG, TAG, "key"),
)


def write(export: ExportContext) -> None:
    target = export.target
    users = User.objects.order_by("username").prefetch_related("groups")
    target.write_json("people.json", [pack(user, PERSON, export.names, roles=_roles_of(user)) for user in users])
    for file, _kind, table, _name in _FILES:
        rows: Any = table.model._base_manager.order_by("pk")
        target.write_json(file, [_owner(row, table, export) for row in rows])
    facts = Address.objects.filter(kind=Address.Kind.FACT).order_by("slug").values_list("slug", "visible_from")
    target.write_object("facts.json", ((slug, instant(at)) for slug, at in facts.iterator(chunk_size=1000)))
    for file, table, order in (
        (HOUSE_TERMS, HOUSE_TERM, "pk"),
        (REQUIREMENTS, PROOF_REQUIREMENT, "pk"),
        ("pages.json", SITE_PAGE, "pk"),
        (CHECKS, FACT_CHECK, "pk"),
        (USES, FACT_USE, "pk"),
        (FEATURED, FEATURED_FACT, ""),
        (RULINGS, RULING, "pk"),
        (VOTES, VOTE_COUNT, "public_id"),
    ):
        found: Any = table.model._base_manager.all()
        target.write_list(file, packed(found.order_by(order) if order else found, table, export.names))


def read_people(context: ImportContext) -> None:
    """Accounts that nobody can log in to until an admin gives them a password, with their roles."""
    groups = {group.name: group for group in Group.objects.filter(name__in=_ROLES)}
    for values in context.list("people.json"):
        user = User(**unpack(values, PERSON, context.known))
        roles = values.texts("roles")
        values.finish()
        if unknown := [role for role in roles if role not in groups]:
            values.refuse("roles", f"there is no role “{unknown[0]}”")
        user.set_unusable_password()
        context.add(user, Kind.PERSON, user.username, values)
        user.groups.set([groups[role] for role in roles])


def read(context: ImportContext) -> None:
    """The rest, after people and pictures, which it names."""
    for file, kind, table, name in _FILES:
        for values in context.list(file):
            _read_owner(context, values, kind, table, name)
    Address.objects.bulk_create(_fact_addresses(context), batch_size=1000)
    for values in context.list_if_there(HOUSE_TERMS):
        term = HouseTerm(**unpack(values, HOUSE_TERM, context.known))
        values.finish()
        insert(term)
    for values in context.list_if_there(REQUIREMENTS):
        requirement = ProofRequirement(**unpack(values, PROOF_REQUIREMENT, context.known))
        values.finish()
        insert(requirement)
    for values in context.list("pages.json"):
        page = SitePage(**unpack(values, SITE_PAGE, context.known))
        values.finish()
        page.render()
        insert(page)
    FactCheck.objects.bulk_create(_checks(context))
    for values in context.list_if_there(USES):
        use = FactUse(**unpack(values, FACT_USE, context.known))
        values.finish()
        insert(use)
    for values in context.list_if_there(FEATURED):
        row = FeaturedFact(**unpack(values, FEATURED_FACT, context.known))
        values.finish()
        insert(row)
    for values in context.list_if_there(RULINGS):
        ruling = Ruling(**unpack(values, RULING, context.known))
        values.finish()
        insert(ruling)
    for values in context.list_if_there(VOTES):
        count = VoteCount(**unpack(values, VOTE_COUNT, context.known))
        values.finish()
        insert(count)


def _checks(context: ImportContext) -> Iterator[FactCheck]:
    for values in context.list_if_there(CHECKS):
        row = FactCheck(**unpack(values, FACT_CHECK, context.known))
        values.finish()
        yield row


# --- people -----------------------------------------------------------------------------------------------------------


def _roles_of(user: User) -> list[str]:
    return sorted(group.name for group in user.groups.all() if group.name in _ROLES)


# --- subjects, authors, tags: what has addresses ----------------------------------------------------------------------


def _owner(row: Owner, table: Table, export: ExportContext) -> dict[str, Any]:
    former = row.addresses.exclude(slug=row.slug).order_by("pk").values_list("slug", flat=True)
    aliases = row.aliases.order_by("pk") if isinstance(row, Tag) else ()
    packed = [pack(alias, ALIAS, export.names) for alias in aliases]
    return pack(row, table, export.names, former_slugs=list(former) or None, aliases=packed or None)


def _read_owner(context: ImportContext, values: Values, kind: Kind, table: Table, name: str) -> None:
    row: Any = table.model(**unpack(values, table, context.known))
    aliases = list(_aliases(context, values, row)) if isinstance(row, Tag) else []
    slugs = [row.slug, *values.texts("former_slugs", [])]
    addresses = [_address(values, slug, row, context) for slug in slugs]
    values.finish()
    context.add(row, kind, getattr(row, name), values)
    Address.objects.bulk_create(addresses)
    TagAlias.objects.bulk_create(aliases)
    for named in (row, *aliases):
        if isinstance(named, Subject | Tag | TagAlias):
            named.write_search_names()
    if isinstance(row, Tag):
        _check_key(values, row)
        context.known[Kind.TAG_BY_NAME][row.name] = row.pk


def _aliases(context: ImportContext, values: Values, tag: Tag) -> Iterator[TagAlias]:
    for entry in values.items("aliases", []):
        alias = TagAlias(tag=tag, **unpack(entry, ALIAS, context.known))
        entry.finish()
        _check_key(entry, alias)
        yield alias


def _check_key(values: Values, row: Tag | TagAlias) -> None:
    if not row.key:
        values.refuse("name", "a tag needs at least one letter or number")
    if row.key != keys.key(row.name):
        values.refuse("key", f"it is not that of the name “{row.name}”, which is {keys.key(row.name)!r}")


def _address(values: Values, slug: str, owner: Any, context: ImportContext) -> Address:
    fields = unpack(Values(f"{values.place}, slug", {"slug": slug}), ADDRESS, context.known)
    return Address(kind=owner.address_kind, **fields, **{str(owner.address_kind): owner})


# --- facts ------------------------------------------------------------------------------------------------------------


def _fact_addresses(context: ImportContext) -> Sequence[Address]:
    dates = context.values("facts.json")
    return [
        Address(kind=Address.Kind.FACT, **unpack(_fact(dates, public_id), FACT_ADDRESS, context.known))
        for public_id in dates.keys()  # noqa: SIM118  -- no mapping
    ]


def _fact(dates: Values, public_id: str) -> Values:
    when = dates.get(public_id, str, is_optional=True)
    return Values(f"{dates.place}, {public_id[:40]}", {"slug": public_id, "visible_from": when})
