"""Every address of the site as a template, and the identifiers to put into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from tests.leaks.everything import Belongings

_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


def templates(prefix: str) -> list[str]:
    """All addresses below a prefix, such as `admin/pages/<page_id>/edit/`."""
    found = {template for template in _walk(get_resolver().url_patterns, "") if template.startswith(prefix)}
    return sorted(found)


def _walk(patterns: list[Any], before: str) -> Iterator[str]:
    for pattern in patterns:
        here = before + _template(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


def _template(pattern: Any) -> str:
    if isinstance(pattern, RoutePattern):
        return _CONVERTER.sub(r"<\1>", str(pattern))
    if isinstance(pattern, RegexPattern):
        return _from_regex(str(pattern))
    return str(pattern)


def _from_regex(regex: str) -> str:
    text = regex.lstrip("^").removesuffix("$").removesuffix("\\Z")
    result, position = "", 0
    for match in re.finditer(r"\(\?P<(\w+)>", text):
        if match.start() < position:
            continue
        depth, end = 1, match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        result += text[position : match.start()] + f"<{match[1]}>"
        position = end
    result += text[position:]
    return re.sub(r"\((?!\?).*?\)|\\(.)|[?]", lambda found: found[1] or "", result)


# Which identifiers an address wants, by where it is; the first that fits.
_BY_PLACE = [
    (r"admin/documents/(?:documentrequest|asked)/", "request"),
    (r"admin/documents/ask/|admin/conversations/(?:answer|settle)/", "process"),
    (r"admin/conversations/thread/", "thread"),
    (r"admin/jobs/", "job"),
    (r"admin/imports/new/", "import_kind"),
    (r"admin/imports/", "import"),
    (r"admin/files/", "file"),
    (r"admin/images/", "image"),
    (r"admin/documents/", "document"),
    (r"admin/collections/", "collection"),
    (r"admin/users/", "user"),
    (r"admin/groups/", "group"),
    (r"admin/workflows/.*task", "task"),
    (r"admin/workflows/", "workflow"),
    (r"admin/redirects/", "redirect"),
    (r"admin/sites/", "site"),
    (r"admin/locales/", "locale"),
    (r"admin/companies/", "company"),
    (r"admin/customers/customer/|admin/access/code/", "customer"),
    (r"admin/customers/contact/", "contact"),
    (r"admin/customers/customergroup/", "customergroup"),
    (r"admin/processes/process/", "process"),
    (r"processkind", "kind"),
    (r"legaltext", "legaltext"),
    (r"admin/localize/", "translation"),
    (r"admin/", "page"),
]
# A register or a catalogue of ours says in its address of which model it is.
_OF_MODEL = re.compile(r"admin/(?:snippets/)?(\w+/\w+)/")
_BY_NAME = {
    "page_id": "page",
    "parent_page_id": "page",
    "page_to_copy_id": "page",
    "page_to_move_id": "news",
    "destination_id": "page",
    "revision_id": "revision",
    "revision_id_a": "revision",
    "revision_id_b": "revision",
    "image_id": "image",
    "document_id": "document",
    "collection_id": "collection",
    "user_id": "user",
    "group_id": "group",
    "task_id": "task",
    "task_pk": "task",
    "task_state_id": "task_state",
    "workflow_pk": "workflow",
    "workflow_state_id": "workflow_state",
    "translation_id": "translation",
    "locale_id": "locale",
    "view_restriction_id": "page",
}
_WORDS = {
    "app_label": ["news"],
    "model_name": ["newspage"],
    "content_type_app_name": ["news"],
    "content_type_model_name": ["newspage"],
    "action_type": ["delete", "publish", "move", "unpublish"],
    "action_name": ["approve", "reject"],
    "filter_spec": ["max-100x100"],
    "viewname": ["edit"],
    "slug": ["one"],
    "path": ["x"],
    "alias": ["altura"],
    "packages": [""],
    "mode": ["default"],
    "record_type": ["processes.process"],
    "verb": ["accept", "refuse", "withdraw"],
}


def filled(template: str, belongings: Belongings, limit: int = 4) -> list[str]:
    """The addresses that a template makes with these identifiers."""
    names = re.findall(r"<(\w+)>", template)
    choices = [_values(name, template, belongings) for name in names]
    paths = []
    for values in islice(product(*choices), limit):
        path = template
        for name, value in zip(names, values, strict=True):
            path = path.replace(f"<{name}>", str(value), 1)
        paths.append(f"/{path}")
    return paths


def _values(name: str, template: str, belongings: Belongings) -> list[Any]:
    if name in _WORDS:
        return _WORDS[name]
    if kind := _BY_NAME.get(name):
        return belongings.ids[kind]
    if (of_model := _OF_MODEL.match(template)) and of_model[1] in belongings.ids:
        return belongings.ids[of_model[1]]
    for place, kind in _BY_PLACE:
        if re.search(place, template):
            return belongings.ids[kind]
    return belongings.ids["page"]
