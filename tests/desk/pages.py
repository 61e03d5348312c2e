"""Asking the desk for pages: a signed-in client, addresses by name, the fields that a page's form holds."""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article


def client(user: User | None) -> Client:
    browser = Client()
    if user:
        browser.force_login(user)
        confirm(browser)
    return browser


def confirm(browser: Client) -> None:
    """As after a log-in by password (desk.two_step.confirming), which `force_login` is none."""
    session = browser.session
    session["confirmed_at"] = time.time()
    session.save()


def at(name: str, article: Article | None = None, *args: Any) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *args] if article else args)


def tree(response: HttpResponse) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())


def text(response: HttpResponse) -> str:
    return " ".join(tree(response).body.text(separator=" ").split())


def form_of(response: HttpResponse) -> dict[str, Any]:
    """What a browser would send for the page's main form, left as it is: the last form in the content with a field.

    Dialogs and templates are for scripts.
    """
    content = tree(response)
    for apart in content.css("dialog, template"):
        apart.decompose()
    forms = [node for node in content.css("#content form") if "token" in node.html or node.css("input,textarea")]
    form = forms[-1]
    sent: dict[str, Any] = {}
    for field in form.css("input[name], textarea[name], select[name]"):
        kind, name = field.attributes.get("type", ""), field.attributes["name"]
        if field.tag == "textarea":
            value = field.text().removeprefix("\n")
        elif field.tag == "select":
            chosen = field.css_first("option[selected]")
            value = chosen.attributes.get("value") if chosen else ""
        elif kind in ("radio", "checkbox") and "checked" not in field.attributes:
            continue
        else:
            value = field.attributes.get("value") or ("on" if kind == "checkbox" else "")
        if name in sent and field.tag == "select":
            sent[name] = [*([sent[name]] if isinstance(sent[name], str) else sent[name]), value]
        else:
            sent[name] = value
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def sent_unchanged(browser: Client, url: str, **changes: Any) -> HttpResponse:
    """Opens a form and sends it with these changes, as a person would."""
    return browser.post(url, form_of(browser.get(url)) | changes)


JSON = {"HTTP_ACCEPT": "application/json"}


def version_at(browser: Client, url: str) -> dict[str, str]:
    """What the form at an address says that it was opened with (desk.admin.versioned); {} where there is no form."""
    answer = browser.get(url)
    field = tree(answer).css_first("input[name=version]") if answer.status_code == 200 else None
    return {"version": str(field.attributes["value"])} if field else {}


def saved(browser: Client, url: str, fields: dict[str, Any], **options: Any) -> HttpResponse:
    """Opens a form of the admin and sends these fields, as a person would who sees them for the first time."""
    return browser.post(url, version_at(browser, url) | fields, **options)


def both_texts(response: HttpResponse) -> list[str]:
    """What stands side by side after a conflict: of each field what is saved, then what was sent."""
    return [node.text() for node in tree(response).css(".both-text")]
