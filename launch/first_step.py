"""Step 1 by each of its channels, as people would go it; `Walk` goes on from there."""

import html
import re
import time
from collections.abc import Callable

from launch.company import DOCUMENTS
from launch.stack import Stuck
from launch.walk import Walk

SCREEN = "/basvuru/adim/1"
PATIENCE = 60.0  # seconds for one message


def manual(walk: Walk) -> None:
    """Form, papers, scans; support approves and the letter goes out."""
    owner = walk.owner
    walk.take_way("manual", has_mersis="evet")
    _write(walk)
    walk.papers["taahhutname.pdf"] = owner.paper("/basvuru/belgeler/hazirla/undertaking_blank/")
    walk.papers["kargo-etiketi.pdf"] = owner.paper("/basvuru/belgeler/hazirla/address_label/")
    for kind in DOCUMENTS:
        owner.post(
            f"{SCREEN}/belge/{kind}/",
            f"{SCREEN}/",
            files={"file": (f"{kind}.pdf", walk.scan(kind), "application/pdf")},
        )
    owner.post(f"{SCREEN}/gonder/", f"{SCREEN}/gozden-gecir/")
    walk.until("pre_application", "submitted")
    walk.approve("pre_application:approve")
    walk.until("pre_application", "sent")


def online(walk: Walk) -> None:
    """E-mail code, registry, form, SMS code, e-signature; then brands, figures, declaration."""
    owner = walk.owner
    walk.take_way("online", has_mersis="evet")
    address = walk.fields["corporate_email"]
    owner.post(f"{SCREEN}/e-posta/", f"{SCREEN}/e-posta/", email=address)
    owner.post(f"{SCREEN}/e-posta/", f"{SCREEN}/e-posta/", code=walk.mail_with(address, r"^(\d{6})$"))
    owner.post(
        f"{SCREEN}/sorgu/",
        f"{SCREEN}/sorgu/",
        mersis_number=walk.fields["mersis_number"],
        identity=walk.fields["signatory_identity"],
    )
    _write(walk)
    owner.post(f"{SCREEN}/telefon/", f"{SCREEN}/telefon/", code=_sms(walk, r"(\d{6})"))
    _sign(walk)
    owner.post(f"{SCREEN}/gonder/", f"{SCREEN}/gozden-gecir/")
    walk.until("pre_application", "reviewing")
    walk.staff.post(walk.support_page.replace("/change/", "/approve-online/"), walk.support_page)
    walk.until("pre_application", "info_entry")
    link = walk.mail_with(walk.email, r"Başvuruya Devam Et: (\S+)")
    path = link.removeprefix(walk.stack.portal_url)
    owner.post(path, path)
    owner.post(
        f"{SCREEN}/marka/",
        f"{SCREEN}/marka/",
        name=walk.fields["trade_name"],
        message_recipients="3200",
        message_identifiers="KUZEYRUZGAR",
        email_recipients="4100",
        email_identifiers="bulten@kuzeyruzgari.example",
    )
    figures = {f"{channel}_{name}": "0" for channel in ("message", "call", "email") for name in FIGURES}
    owner.post(f"{SCREEN}/istatistik/", f"{SCREEN}/istatistik/", None, **{**figures, "email_sent": "48000"})
    owner.post(f"{SCREEN}/tamamla/", f"{SCREEN}/bilgi-girisi/", correct="on")
    walk.until("pre_application", "final_review")
    walk.approve("pre_application:approve")
    walk.until("pre_application", "sent")


def _write(walk: Walk) -> None:
    """The pages of the data, each with what it asks for; what the registry gave cannot be changed."""
    for key in ("firma", "iletisim", "imza-yetkilisi"):
        page = f"{SCREEN}/bilgiler/{key}/"
        asked = set(re.findall(r'name="(\w+)"', walk.owner.get(page)))
        walk.owner.post(page, page, None, **{name: walk.fields[name] for name in asked & walk.fields.keys()})


FIGURES = ("sent", "added", "refused")


def _sms(walk: Walk, pattern: str) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for message in walk.mailboxes.web.get("/api/sms").json()["messages"]:
            if found := re.search(pattern, message["text"]):
                return found[1]
        walk.stack.check()
        time.sleep(0.3)
    raise Stuck("No SMS with a code has come.")


def _sign(walk: Walk) -> None:
    """Downloads the undertaking, has the sandbox sign it with a test certificate, hands it in."""
    paper = walk.owner.paper("/basvuru/belgeler/hazirla/undertaking_to_sign/")
    signed = walk.mailboxes.web.post(
        "/imza",
        data={"name": walk.fields["signatory_name"], "identity": walk.fields["signatory_identity"]},
        files={"file": ("taahhutname.pdf", paper, "application/pdf")},
    )
    if signed.headers["Content-Type"] != "application/pdf":
        raise Stuck(f"The sandbox did not sign: {html.unescape(re.sub('<[^>]+>', ' ', signed.text))[:300]}")
    walk.papers["taahhutname-e-imzali.pdf"] = signed.content
    walk.owner.post(
        f"{SCREEN}/imza/",
        f"{SCREEN}/imza/",
        files={"file": ("taahhutname-e-imzali.pdf", signed.content, "application/pdf")},
    )


CHANNELS: dict[str, Callable[[Walk], None]] = {"manual": manual, "online": online}
