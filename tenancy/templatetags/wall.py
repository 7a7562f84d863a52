"""`csrf_token` as every form carries it, with the company that the page was shown for, and to whom.

It takes the place of Django's own (`builtins` in the settings): no form can forget it, a library's neither.
"""

from django.template import Library
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenancy.access import SHOWN_FOR
from tenancy.kept_posts import SHOWN_TO, shown_to

register = Library()


class FormNode(CsrfTokenNode):
    def render(self, context: Context) -> SafeString:
        company = getattr(context.get("request"), "company", None)
        # A lazy company that is none is not None itself.
        named = _field(SHOWN_FOR, company.pk) if company else ""
        user = getattr(context.get("request"), "user", None)
        person = _field(SHOWN_TO, shown_to(user)) if user and user.is_authenticated else ""
        return format_html("{}{}{}", super().render(context), named, person)


def _field(name: str, value: object) -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', name, value)


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormNode:
    return FormNode()
