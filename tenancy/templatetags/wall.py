"""`csrf_token` as every form carries it, with the company that the page was shown for.

It takes the place of Django's own (`builtins` in the settings): no form can forget it, a library's neither.
"""

from django.template import Library
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenancy.access import SHOWN_FOR

register = Library()


class FormNode(CsrfTokenNode):
    def render(self, context: Context) -> SafeString:
        company = getattr(context.get("request"), "company", None)
        # A lazy company that is none is not None itself.
        named = format_html('<input type="hidden" name="{}" value="{}">', SHOWN_FOR, company.pk) if company else ""
        return format_html("{}{}", super().render(context), named)


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormNode:
    return FormNode()
