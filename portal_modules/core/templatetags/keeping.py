"""Parts of pages that are the same for everybody, rendered once for each version of the company."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@cache
def _address(path: str) -> str:
    return conditional_escape(static(path))


class AssetNode(template.Node):
    """The address of one file, or a name for it."""

    def __init__(self, path: str, name: str) -> None:
        self.path = path
        self.name = name

    def render(self, context: template.Context) -> str:
        """The address, unless the template names it."""
        address = conditional_escape(static(self.path)) if settings.DEBUG else _address(self.path)
        if not self.name:
            return address
        context[self.name] = address
        return ""


@register.tag
def asset(parser: Parser, token: Token) -> AssetNode:
    """`{% asset "balcao/my.css" %}`, `{% asset "balcao/icons.svg" as icons %}`: `{% static %}` of one fixed file.

    It is worked out once for each file: the names are fixed while the process runs.
    """
    _tag, path, *more = token.split_contents()
    if path[0] not in "'\"" or path[0] != path[-1] or (more and (len(more) != 2 or more[0] != "as")):
        raise template.TemplateSyntaxError("asset takes a path in quotes, and may be followed by: as name")
    return AssetNode(path[1:-1], more[1] if more else "")


class KeepNode(template.Node):
    """Renders its body, or gives back what it rendered before."""

    def __init__(self, names: list[FilterExpression], body: NodeList) -> None:
        self.names = names
        self.nodelist = body

    def render(self, context: template.Context) -> SafeString:
        """The part, from the memory of the company's card where there is one."""
        card = context.get("card")
        # What an editor looks at before it is published must not stay.
        if card is None or getattr(context.get("request"), "is_preview", False):
            return self.nodelist.render(context)
        names = [str(name.resolve(context, ignore_failures=True) or "") for name in self.names]
        key = ":".join(["part", *names, str(get_language()), get_script_prefix()])
        part: SafeString = card.remember(key, lambda: self.nodelist.render(context))
        return part


@register.tag
def keep(parser: Parser, token: Token) -> KeepNode:
    """`{% keep "foot" page.content_type_id %} … {% endkeep %}`: what depends on nobody who is looking.

    The names, the language and the address of the company tell parts from one another. Whoever is signed
    in, a token of a form or the nonce of the page must not be inside.
    """
    names: list[Any] = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    body = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(names, body)
