"""The addresses of the desk's pages for articles, all behind the log-in; each view asks for its own permission."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from articles.desk import search
from articles.desk.intake import upload
from articles.desk.pages import View, behind_login
from articles.desk.planning import (
    calendar,
    contradictions,
    dead_sources,
    events,
    fact_checks,
    featured,
    notifications,
    plan,
    saved_views,
)
from articles.desk.review import comments, comparison, deciding, history, moves, restoring, versions
from articles.desk.review_links import managing
from articles.desk.uses import acts as uses
from articles.desk.uses import finding as facts_elsewhere
from articles.desk.uses import offering
from articles.desk.writing import bin as bins
from articles.desk.writing import (
    cards,
    checking,
    checklist,
    finding,
    linking,
    order,
    outline,
    parts,
    preview,
    questions,
    replacing,
    replacing_across,
    resting,
    several,
    subject_field,
    subjects,
    suggesting,
    syncing,
)

#: (below the article's own address, view, name, further arguments of the view)
ARTICLE_ROUTES: tuple[tuple[str, View, str, dict[str, Any]], ...] = (
    ("change/", outline.outline, "change", {}),
    ("delete/", bins.delete, "delete", {}),
    ("take-from-bin/", bins.restore_article, "take_from_bin", {}),
    ("bin/", bins.parts, "bin", {}),
    ("bin/<int:part>/restore/", bins.restore_part, "unbin", {}),
    ("details/", parts.details, "details", {}),
    ("subject/", subjects.propose, "propose_subject", {}),
    ("template/", several.mark_template, "mark_template", {}),
    ("introduction/", parts.introduction, "introduction", {}),
    ("conclusion/", parts.conclusion, "conclusion", {}),
    ("unplaced/dismiss/", parts.dismiss_unplaced, "dismiss_unplaced", {}),
    ("cards/several/", several.several, "several", {}),
    ("cards/tags/", several.retag, "retag", {}),
    ("cards/add/", cards.card_add, "card_add", {}),
    ("cards/order/", order.order, "order", {"items": "cards"}),
    ("cards/use/", facts_elsewhere.use_fact, "use_fact", {}),
    ("cards/<slug:public_id>/", cards.card, "card", {}),
    ("cards/<slug:public_id>/uses/", uses.uses, "uses", {}),
    ("cards/<slug:public_id>/uses/act/", uses.act, "use_act", {}),
    ("cards/<slug:public_id>/check/", fact_checks.check_fact, "card_check", {}),
    ("events/<int:mention>/still-true/", events.still_true, "mention_true", {}),
    ("cards/<slug:public_id>/delete/", cards.card_delete, "card_delete", {}),
    ("offered/", offering.offered, "offered", {}),
    ("questions/add/", questions.question_add, "faq_add", {}),
    ("questions/order/", order.order, "faq_order", {"items": "faqs"}),
    ("questions/<slug:public_id>/", questions.question, "faq", {}),
    ("questions/<slug:public_id>/delete/", questions.question_delete, "faq_delete", {}),
    ("planning/day/", calendar.plan_day, "plan_day", {}),
    ("planning/event/<int:event>/", calendar.move_event, "move_event", {}),
    ("planning/", plan.planning, "planning", {}),
    ("review/take/", plan.take_review, "take_review", {}),
    ("review/release/", plan.release_review, "release_review", {}),
    ("moves/<slug:name>/", moves.move, "move", {}),
    ("duplicate/", several.duplicate, "duplicate", {}),
    ("replace/", replacing.replace, "replace", {}),
    ("replace/undo/", replacing.undo, "undo_replace", {}),
    ("contents/", syncing.contents, "contents", {}),
    ("pulse/", syncing.pulse, "pulse", {}),
    ("checklist/", syncing.checklist, "checklist", {}),
    ("claims/", checking.claims, "claims", {}),
    ("claims/one/", checking.claim, "claim", {}),
    ("claims/act/", checking.act, "claim_act", {}),
    ("restatements/", resting.resting, "restatements", {}),
    ("restatements/act/", resting.act, "restatement_act", {}),
    ("tags/", suggesting.tags, "tags", {}),
    ("sources/", suggesting.sources, "sources", {}),
    ("preview/", preview.preview, "preview", {}),
    ("preview/unsaved/", preview.unsaved, "preview_unsaved", {}),
    ("review/", deciding.review, "review", {}),
    ("review/decide/", deciding.decide, "decide", {}),
    ("review/lock/", deciding.lock, "lock", {}),
    ("review/unlock/", deciding.unlock, "unlock", {}),
    ("review-links/", managing.links, "review_links", {}),
    ("review-links/<int:link>/revoke/", managing.revoke, "revoke_link", {}),
    ("comments/", comments.comments, "comments", {}),
    ("comments/<int:pk_of_comment>/reply/", comments.reply, "reply", {}),
    ("comments/<int:pk_of_comment>/resolve/", comments.resolve, "resolve", {}),
    ("comments/<int:pk_of_comment>/take/", comments.take, "take", {}),
    ("comments/<int:pk_of_comment>/decline/", comments.decline, "decline", {}),
    ("compare/", comparison.compare, "compare", {}),
    ("history/", history.history, "history", {}),
    ("versions/<str:place>/", versions.part_versions, "versions", {}),
    ("versions/<int:version>/bring-back/", versions.bring_back, "bring_back", {}),
    ("revisions/keep/", history.keep_named, "keep_named", {}),
    ("revisions/", history.revisions, "revisions", {}),
    ("revisions/<int:number>/", preview.revision, "revision", {}),
    ("revisions/<int:number>/restore/", history.restore, "restore", {}),
    ("revisions/<int:number>/restore/<str:place>/", restoring.restore_part, "restore_part", {}),
)


def article_routes(changelist: View) -> list[URLPattern]:
    whole = [
        path("", behind_login(changelist), name="articles_article_changelist"),
        path("add/", behind_login(outline.add), name="articles_article_add"),
        path("find/", behind_login(finding.find), name="articles_article_find"),
        path("checks/", behind_login(checklist.checks), name="articles_article_checks"),
        path("search/", behind_login(search.search), name="articles_article_search"),
        path("replace/", behind_login(replacing_across.replace), name="articles_article_replace_across"),
        path("replace/undo/", behind_login(replacing_across.undo), name="articles_article_undo_across"),
        path("import/", behind_login(upload.import_document), name="articles_article_import"),
        path("subjects/", behind_login(subject_field.subjects), name="articles_article_subjects"),
        path("links/", behind_login(linking.links), name="articles_article_links"),
        path("history/", behind_login(history.whole_history), name="articles_article_history_all"),
        path("calendar/", behind_login(calendar.calendar), name="articles_article_calendar"),
        path("notifications/", behind_login(notifications.notifications), name="articles_article_notifications"),
        path("views/", behind_login(saved_views.save), name="articles_article_save_view"),
        path("views/<int:pk>/forget/", behind_login(saved_views.forget), name="articles_article_forget_view"),
        path("events/", behind_login(events.events), name="articles_article_events"),
        path("facts/", behind_login(fact_checks.facts), name="articles_article_facts"),
        path("contradictions/", behind_login(contradictions.page_of_all), name="articles_article_contradictions"),
        path("dead-sources/", behind_login(dead_sources.dead_sources), name="articles_article_dead_sources"),
        path("featured/", behind_login(featured.featured), name="articles_article_featured"),
        path("bin/", behind_login(bins.articles), name="articles_article_bin_all"),
        path("<int:pk>/", behind_login(to_the_outline), name="articles_article_short"),
    ]
    return whole + [
        path(f"<int:pk>/{below}", behind_login(view), arguments, name=f"articles_article_{name}")
        for below, view, name, arguments in ARTICLE_ROUTES
    ]


def to_the_outline(_request: HttpRequest, pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
