"""The description of the API in OpenAPI 3.1 (spec.openapis.org), made from the tables that the views are made from."""

from __future__ import annotations

import json
import re
from typing import Any

from django.urls import reverse

from articles.reading.api import shapes
from articles.reading.api.endpoints import ENDPOINTS, JSON, PROBLEM, Endpoint, Parameter
from articles.reading.site import Site

VERSION = "1"
_CONVERTER = re.compile(r"<\w+:(\w+)>")
_PROBLEMS = {"400": "The address asks for something that is not understood.", "405": "Only GET and HEAD are taken."}
_PROBLEMS_OF_ONE = {"404": "It is not public.", "410": "It was taken down."}


def text(site: Site) -> str:
    return json.dumps(document(site), ensure_ascii=False, separators=(",", ":"))


def document(site: Site) -> dict[str, Any]:
    answers = {each.answer for each in ENDPOINTS if each.answer}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": site.name,
            "version": VERSION,
            "description": "All that this site has published, to read without an account. What gives something away "
            "has a heading that does not, and no other words.",
        },
        "externalDocs": {"url": site.full(reverse("api"))},
        "servers": [{"url": site.origin}],
        "paths": {path_of(each): {"get": _operation(each)} for each in ENDPOINTS},
        "components": {"schemas": shapes.schemas(shapes.Problem, *answers)},
    }


def path_of(endpoint: Endpoint) -> str:
    """As a template: /api/facts/{public_id}."""
    return reverse("api") + _CONVERTER.sub(r"{\1}", endpoint.path)


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    problems = _PROBLEMS | (_PROBLEMS_OF_ONE if endpoint.is_about_one else {})
    if any(each.name in ("tag", "subject") for each in endpoint.parameters):
        problems |= {"404": "No public tag or subject has this slug."}
    return {
        "operationId": endpoint.name.removeprefix("api-"),
        "summary": str(endpoint.about),
        "parameters": [_parameter(each) for each in endpoint.parameters],
        "responses": {
            "200": {"description": str(endpoint.about), "content": {endpoint.media_type: _content(endpoint)}},
            "304": {"description": "It is what If-None-Match names."},
            **{status: _problem(about) for status, about in sorted(problems.items())},
        },
    }


def _content(endpoint: Endpoint) -> dict[str, Any]:
    """Each line of JSON Lines has the shape; OpenAPI 3.1 has no word for that but its description."""
    if endpoint.answer and endpoint.media_type == JSON:
        return {"schema": _reference(endpoint.answer)}
    if endpoint.answer:
        return {"schema": {"type": "string", "description": f"On each line a {endpoint.answer.__name__}."}}
    return {}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    word = {"type": "string"}
    many = {"type": "array", "items": word, "maxItems": parameter.most}
    return {
        "name": parameter.name,
        "in": "path" if parameter.is_in_path else "query",
        "required": parameter.is_in_path,
        "description": str(parameter.about),
        "schema": many if parameter.most > 1 else word,
        **({"example": parameter.example} if parameter.example and parameter.most == 1 else {}),
    }


def _problem(about: str) -> dict[str, Any]:
    return {"description": about, "content": {PROBLEM: {"schema": _reference(shapes.Problem)}}}


def _reference(shape: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}
