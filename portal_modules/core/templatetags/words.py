"""Django's library `i18n`, in which words that stand in a template are translated once for each language.

A page has dozens of them, and each costs a walk through the catalogues and the filters; the settings name
this library `i18n`, so that it serves all templates, Wagtail's too.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Parser, Token, TokenType
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class WordsNode(template.Node):
    """A tag of Django's whose answer hangs from the language alone."""

    def __init__(self, node: Any) -> None:
        self.node = node
        self.kept: dict[Any, Any] = {}

    def render(self, context: template.Context) -> Any:
        """What the tag said the first time in this language."""
        key = (get_language(), context.autoescape)
        if key not in self.kept:
            said = self.node.render(context)
            self.kept[key] = context[self.node.asvar] if self.node.asvar else said
        if not self.node.asvar:
            return self.kept[key]
        context[self.node.asvar] = self.kept[key]
        return ""


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> template.Node:
    """`{% translate "words" %}`."""
    node = i18n.do_translate(parser, token)
    said: Any = node.filter_expression
    # A string that stands in the template looks nothing up in the context.
    is_fixed = said.is_var and said.var.lookups is None and not said.filters
    return WordsNode(node) if is_fixed and not node.message_context else node


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> template.Node:
    """`{% blocktranslate %}words{% endblocktranslate %}`."""
    node = i18n.do_block_translate(parser, token)
    is_fixed = not (node.extra_context or node.countervar or node.message_context or node.plural)
    only_text = all(part.token_type == TokenType.TEXT for part in node.singular)
    return WordsNode(node) if is_fixed and only_text else node
