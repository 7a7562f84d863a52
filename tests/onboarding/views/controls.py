"""What a page lets somebody do: its links and its forms with their buttons, in the words of offered.json."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from onboarding.steps import STEPS
from tests.scenarios.browser import VOID


@dataclass
class Form:
    action: str
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """The links and forms inside <main>, and its words before the correspondence begins."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.html, self.path = html, path
        self.links: list[tuple[str, str]] = []
        self.forms: dict[str, Form] = {}
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self._form = ""
        self._words: list[str] = []
        self.feed(html)
        self.words = " ".join("".join(self._words).split()).partition("Yazışmalar")[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._words.append(" ")
        if tag == "form" and self._in_main():
            self._form = attributes.get("id") or f"form {len(self.forms)}"
            self.forms.setdefault(self._form, Form("")).action = attributes.get("action") or self.path
        if tag in ("input", "textarea", "select") and self._form:
            self.forms[self._form].fields.add(attributes.get("name", ""))
        if tag not in VOID:
            self._open.append((tag, attributes, []))

    def handle_data(self, data: str) -> None:
        if self._in_main():
            self._words.append(data)
        for _tag, _attributes, text in self._open:
            text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        in_main = self._in_main()
        _tag, attributes, parts = self._open.pop()
        text = " ".join("".join(parts).split())
        if tag == "a" and in_main:
            self.links.append((attributes.get("href", ""), text))
        elif tag == "button" and in_main and attributes.get("type", "submit") == "submit":
            button = (attributes.get("name", ""), attributes.get("value", ""), text)
            # A button may stand outside its form, even before it.
            owner = attributes.get("formaction") or attributes.get("form") or self._form
            self.forms.setdefault(owner, Form(attributes.get("formaction", ""))).buttons.append(button)
        elif tag == "form":
            self._form = ""

    def _in_main(self) -> bool:
        return any(tag == "main" for tag, _attributes, _text in self._open)


# Pages of a step that its own page leads to; they are opened and read too.
FOLLOWED = {
    "dossier",
    "dossier_page",
    "review",
    "sign",
    "info_entry",
    "evidence",
    "email_code",
    "query",
    "mobile_code",
    "contract",
    "review_assignment",
}
LINKS: dict[str, set[str]] = {
    "board": {"go_to_current"},
    "route": {"change_route"},
    "withdraw": {"withdraw"},
    "summary": {"download_pack"},
    "earlier": {"read"},
    "later_brand": set(),
    "thread": set(),
    "letter": {"read"},
    "mail": {"read"},
    "document": {"read"},
    "accepted_contract": {"read"},
    "channel": {"switch_channel"},
    "mersis_question": {"fill"},
    "paper_data": {"fill"},
    "co_signatories": {"fill"},
    "brand_names": {"fill"},
    "cargo": {"record_cargo"},
    "add_brand": {"fill", "upload"},
    "edit_brand": {"fill", "upload"},
    "figures": {"fill"},
    "type_codes": {"type_codes"},
    "choose_package": {"fill_address_counts", "choose_package"},
    "draft_mail": {"own_mail_draft"},
    "payment": {"claim_payment"},
    "identity": set(),
    "questions": {"contact_support"},
    "sending_account": set(),
    "notices": set(),
    **{name: set[str]() for name in FOLLOWED},
    **{step.key: {"go_to_current"} for step in STEPS},
}
PAPERS = {
    "undertaking_blank": {"download_undertaking"},
    "undertaking_to_sign": {"download_undertaking"},
    "assignment_blank": {"download_form"},
    "assignment_to_sign": {"download_form"},
    "address_label": {"record_cargo"},
}
# Links that lead out of the portal, or to the same page in another shape.
BY_TEXT = {
    "Başvuruya devam et (İYS sitesi)": {"open_iys_link"},
    "Ödemeye git": {"go_to_payment"},
    "Teklifi aç": {"view_offer"},
    "E-posta programımda aç": {"own_mail_draft"},
    "Beyanı değiştir": {"change_declaration"},
    "Temizle": {"clear"},
}
FORMS: dict[str, set[str]] = {
    "reconciliation": {"settle_reconciliation"},
    "submit": {"submit"},
    "answer_remark": {"fill"},
    "dossier_page": {"fill"},
    "upload": {"upload"},
    "resend_code": {"send_code"},
    "query": {"lookup"},
    "query_again": {"lookup"},
    "edit_form": {"fill"},
    "sign": {"upload_signed"},
    "hand_off": {"send_signing_link"},
    "hand_off_assignment": {"send_signing_link"},
    "revoke_hand_off": {"send_signing_link"},
    "renew_link": {"renew_link"},
    "continue_application": {"fill"},
    "remove_brand": {"fill"},
    "complete": {"complete_application"},
    "continued": {"continue_done"},
    "apply_again": {"new_attempt"},
    "upload_mail": {"upload_mail"},
    "use_mail": {"confirm_prefill"},
    "use_iyss_codes": {"type_codes"},
    "confirm_codes": {"confirm_codes"},
    "settle_difference": {"settle_differences"},
    "dispute_codes": {"dispute_codes"},
    "own_package": {"contact_support"},
    "choose_package": {"fill_address_counts", "choose_package"},
    "contract": {"accept_contract"},
    "upload_assignment": {"upload_signed"},
    "sign_assignment": {"upload_signed"},
    "review_assignment": {"submit"},
    "unclaim_payment": {"take_back_claim"},
    "claim_assignment": {"tick_panel_list", "claim_panel_done"},
    "channel": {"switch_channel"},
}
# Forms whose buttons say what is done, by the button's name and value.
BUTTONS: dict[str, dict[tuple[str, str], set[str]]] = {
    "package_move": {
        ("move", "request_seen"): {"claim_request_sent"},
        ("move", "choose_again"): {"choose_again"},
    },
    "assignment_channels": {
        ("", ""): {"fill"},
        ("paper", "assignment_blank"): {"download_form"},
        ("paper", "assignment_to_sign"): {"download_form"},
    },
    "assignment_move": {
        ("move", "use_panel"): {"switch_way"},
        ("move", "use_form"): {"switch_way"},
        ("move", "retry"): {"mend_form"},
        ("move", "unclaim"): {"take_back_claim"},
    },
    "request_offer": {
        ("way", "portal"): {"request_offer"},
        ("way", "account"): {"request_offer"},
        ("way", "own"): {"own_mail_draft"},
    },
    "stale": {("move", "confirm_stale"): {"confirm_stale"}, ("move", "redo"): {"redo"}},
    "evidence": {("draft", "1"): {"fill", "upload"}, ("", ""): {"submit", "fill", "upload"}},
}


def named(path: str) -> tuple[str, dict[str, object]]:
    """The name of the URL and what stands in it; empty for what is not the portal's."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return "", {}
    return found.url_name or "", found.kwargs


def words_of(page: Page) -> set[str]:
    """Raises KeyError for a control that this vocabulary does not know."""
    words = {"preview_letter"} if 'class="letter-sheet"' in page.html else set()
    for href, text in page.links:
        name, kwargs = named(href)
        if text.partition(":")[0] in BY_TEXT:
            words |= BY_TEXT[text.partition(":")[0]]
        elif name == "paper":
            words |= PAPERS[str(kwargs["kind"])]
        elif name and not href.startswith(("#", "?")):
            words |= LINKS[name]
    for form in page.forms.values():
        # The declaration is filled in by whoever may, and saved by its button.
        if form.buttons or named(form.action)[0] == "panel_settings":
            words |= _words_of_form(form)
    return words


def _words_of_form(form: Form) -> set[str]:
    name, _kwargs = named(form.action)
    if name in ("email_code", "mobile_code"):
        return {"enter_code" if "code" in form.fields else "send_code"}
    if name == "panel_settings":
        anew = "degistir" in form.action
        save = any(text == "Kaydet" for _name, _value, text in form.buttons)
        return {"fill", *(["change_declaration" if anew else "save_declaration"] if save else [])}
    if name in BUTTONS:
        return {word for label, value, _text in form.buttons for word in BUTTONS[name][label, value]}
    return FORMS[name]


def opened(browser: Client, *paths: str, follow: set[str]) -> Iterator[Page]:
    """These pages and those of `follow` that they lead to."""
    ahead, seen = list(paths), set[str]()
    while ahead:
        answer = browser.get(ahead.pop(0), follow=True)
        path = answer.request["PATH_INFO"] + (f"?{answer.request['QUERY_STRING']}".rstrip("?"))
        if path in seen:
            continue
        seen.add(path)
        page = Page(answer.content.decode(), path)
        yield page
        inner = (urlsplit(href).path for href, _text in page.links if named(href)[0] in follow)
        ahead += [each for each in inner if each not in seen]
