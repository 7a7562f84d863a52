from django.template import Library
from django.template.context import Context

from guide import pages
from guide.places import PLACES, STEPS
from guide.reading import Page, Section

register = Library()


@register.simple_tag
def guide_url(page: Page, section: Section | None = None) -> str:
    return pages.address(page, section)


@register.inclusion_tag("guide/_help_link.html", takes_context=True)
def help_link(context: Context) -> dict[str, object]:
    """The one link from a screen to the place of the guide that speaks of it; nothing for other pages."""
    match = getattr(context.get("request"), "resolver_match", None)
    target = PLACES.get(match.view_name) if match else None
    if target is None:
        return {}
    page, section = pages.guide().place(target)
    return {"page": page, "section": section, "of_step": page.key in STEPS}
