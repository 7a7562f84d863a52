"""Whether the receiving mail server writes results that can ever be believed, by what stands in mails. PURE."""

from collections.abc import Iterable, Sequence

from correspondence.incoming import results
from correspondence.preflight.dns_records import Finding, Result

Headers = Sequence[tuple[str, str]]
OWN_SERVER = (
    "Let a mail server of your own take the mail of TRACKING_DOMAIN (Postfix with rspamd, or with OpenDKIM and "
    "OpenDMARC; Exim), which writes its results under AUTHSERV_ID and takes away those that strangers bring, and "
    "name its mailbox in MAILBOX_URLS (docs/incoming-mail.md)"
)
# By the end of the name under which they write.
_SERVICES = {
    ".yandex.net": "Yandex writes them under the name of another machine each time",
    ".yandex.ru": "Yandex writes them under the name of another machine each time",
    ".mail.ru": "Mail.ru writes them under the name of another machine each time",
}


def finding(mails: Iterable[Headers], authserv_id: str) -> Finding:
    """`mails` are the headers of received mails, the newest first."""
    names: set[str] = set()
    nameless = seen = without_dmarc = 0
    for headers in mails:
        seen += 1
        own = [parsed for header in results.ours(headers, authserv_id) if (parsed := _parsed(header))]
        said = {each.method for parsed in own for each in parsed.results}
        if {"dmarc", "dkim"} & said:
            return Finding(Result.OK, f"AUTHSERV_ID {authserv_id} stands in received mails.")
        without_dmarc += bool(own)
        top = _parsed(next((value for name, value in headers if name == results.AUTHENTICATION_RESULTS), ""))
        if top is not None and not own:
            names |= {top.authserv_id} - {""}
            nameless += bool(top.results and not top.authserv_id)
    if not seen:
        return Finding(Result.UNASKED, "AUTHSERV_ID: no mail has been received yet.")
    if without_dmarc:
        return Finding(
            Result.MISSING,
            f"AUTHSERV_ID {authserv_id} stands in received mails, but without a result of DMARC or DKIM: "
            "nobody will be believed. Switch DMARC checking on (OpenDMARC, rspamd, Exim's dmarc_status).",
        )
    return Finding(Result.MISSING, _why(authserv_id, names, nameless=bool(nameless)))


def _why(authserv_id: str, names: set[str], *, nameless: bool) -> str:
    service = next((why for name in names for end, why in _SERVICES.items() if name.endswith(end)), "")
    if nameless:
        service = "Microsoft 365 writes them without any server's name"
    if service:
        return f"Authentication-Results in received mails can never be believed: {service}. {OWN_SERVER}."
    others = f"; there is {', '.join(sorted(names))}" if names else ""
    return f"AUTHSERV_ID {authserv_id} is topmost in no received mail{others}."


def _parsed(header: str) -> results.Results | None:
    try:
        return results.parse(header)
    except results.Unreadable:
        return None
