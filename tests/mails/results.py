"""Authentication-Results (RFC 8601) as our own server's programs write them, and as others would have them read.

Left out, because what is right there is open: the same `dmarc=pass` in two headers of ours; a dkim or spf result of an
İYS domain without any dmarc; an authserv-id in quotation marks; a version other than 1; empty results (";;"); a
second host of ours above the one that wrote the results; an unquoted name that is another address of İYS.
"""

from typing import Any

from tests.mails.make import IYS, NUMBER_A, OURS, STRANGER, Corpus, passed
from tests.mails.ordinary import KINDS

WORDS = KINDS["received"]["guide"]
AR = f"Authentication-Results: {OURS}"
EVIL = "mx.saldirgan.example"
OPENDMARC = f"{AR};\n\tdmarc=pass (p=reject dis=none) header.from=iys.org.tr\n"
OPENDKIM = (
    f'{AR};\n\tdkim=pass (2048-bit key; unprotected) header.d=iys.org.tr header.i=@iys.org.tr\n\theader.a=rsa-sha256 header.s=s1 header.b="AbC/+9x=";\n'
    "\tdkim-atps=neutral\n"
)
POLICYD = f"{AR}; spf=pass (mailfrom)\n\tsmtp.mailfrom=iys.org.tr (client-ip=2001:db8::25; helo=mail.iys.org.tr;\n\tenvelope-from=onkayit@iys.org.tr; receiver=<UNKNOWN>)\n"
RECEIVED = f"Received: from mail.iys.org.tr (mail.iys.org.tr [IPv6:2001:db8::25])\n\tby {OURS} (Postfix) with ESMTPS id 4TzQ2k1Xy9z9sZ\n\tfor <portal@{OURS}>; Tue, 24 Nov 2026 14:05:00 +0300\n"
FOREIGN = f"Received: from {OURS} by {EVIL} with ESMTP id 4711;\n\tTue, 24 Nov 2026 14:04:00 +0300\n"
ARC = (
    "ARC-Seal: i=1; a=rsa-sha256; t=1764000000; cv=none; d=posta.example; s=arc; b=AbC/+=\n"
    "ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=posta.example; s=arc;\n\th=From:To; bh=AbC/+=; b=AbC/+=\n"
    "ARC-Authentication-Results: i=1; mx.posta.example;\n\tdmarc=fail (p=reject) header.from=iys.org.tr\n"
)
EXIM = (
    f"{AR};\n\tiprev=pass (mail.iys.org.tr) smtp.remote-ip=2001:db8::25;\n\tspf=pass smtp.mailfrom=iys.org.tr;\n"
    "\tdkim=pass header.d=iys.org.tr header.s=s1 header.a=rsa-sha256;\n\tdmarc=pass header.from=iys.org.tr;\n\tarc=none\n"
)
RSPAMD = (
    f'{AR};\n\tdkim=pass header.d=iys.org.tr header.s=s1 header.b="aB/c+d=";\n'
    "\tspf=pass (mx.portal.example: domain of onkayit@iys.org.tr designates 2001:db8::25 as permitted sender)\n\tsmtp.mailfrom=onkayit@iys.org.tr;\n"
    "\tdmarc=pass (policy=reject) header.from=iys.org.tr;\n\tarc=none\n"
)
MICROSOFT = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.25)\n smtp.mailfrom=iys.org.tr; dkim=pass (signature was verified)\n"
    " header.d=iys.org.tr;dmarc=pass action=none\n header.from=iys.org.tr;compauth=pass reason=100\n"
)
YANDEX = (
    "Authentication-Results: mxfront12.mail.yandex.net; spf=pass (mxfront12.mail.yandex.net: domain of iys.org.tr designates 192.0.2.25\n"
    " as permitted sender, rule=[ip4:192.0.2.0/24]) smtp.mail=onkayit@iys.org.tr; dkim=pass header.i=@iys.org.tr\n"
)
FROM_IYS = "header.from=iys.org.tr"
BELIEVED = {
    "opendmarc-alone": OPENDMARC,
    "three-of-ours": OPENDMARC + OPENDKIM + POLICYD,
    "three-of-ours-dkim-above": OPENDKIM + OPENDMARC + POLICYD,
    "three-of-ours-spf-above": POLICYD + OPENDKIM + OPENDMARC,
    "three-of-ours-dmarc-in-the-middle": POLICYD + OPENDMARC + OPENDKIM,
    "below-our-received": f"Return-Path: <onkayit@iys.org.tr>\n{RECEIVED}{OPENDMARC}{OPENDKIM}",
    "on-both-sides-of-our-received": OPENDMARC + OPENDKIM + RECEIVED + POLICYD,
    "exim-folded": EXIM,
    "exim-one-line": EXIM.replace("\n\t", " "),
    "exim-iprev-fail": EXIM.replace("iprev=pass", "iprev=fail"),
    "exim-ipv4-mapped": EXIM.replace("2001:db8::25", "::ffff:192.0.2.25"),
    "exim-many-signatures": EXIM.replace(
        "\tdkim=pass",
        "\tdkim=fail (body hash mismatch; body probably modified in transit)\n\theader.d=liste.example header.s=k1 header.a=rsa-sha1;\n\tdkim=pass",
    ),
    "rspamd": RSPAMD,
    "rspamd-arc": RSPAMD.replace("arc=none", 'arc=pass ("posta.example:s=arc:i=1")'),
    "address-literal": f"{AR}; spf=none smtp.helo=[IPv6:2001:db8::25] smtp.mailfrom=<>; dmarc=pass {FROM_IYS}\n",
    "trailing-semicolon-folded": f"{AR};\n\tspf=pass smtp.mailfrom=iys.org.tr;\n\tdmarc=pass {FROM_IYS};\n\t\n",
    "trailing-semicolon-and-space": f"{AR}; dmarc=pass {FROM_IYS} ; \n",
    "empty-mailfrom": f"{AR}; spf=none smtp.mailfrom=; dmarc=pass {FROM_IYS}\n",
    "empty-identity": f"{AR}; dkim=none header.i= header.d=; dmarc=pass {FROM_IYS} policy.dmarc=\n",
    "angle-brackets": f"{AR}; spf=pass smtp.mailfrom=<onkayit@iys.org.tr>; dmarc=pass {FROM_IYS}\n",
    "quoted-values": f'{AR}; spf=pass smtp.mailfrom="onkayit@iys.org.tr"; dmarc=pass header.from="iys.org.tr"\n',
    "quoted-semicolon": f'{AR}; spf=pass smtp.mailfrom="a;b"@iys.org.tr; dmarc=pass {FROM_IYS}\n',
    "reason": f'{AR}; dmarc=pass reason="alignment: strict; policy=reject" {FROM_IYS}\n',
    "version": f"{AR} 1; dmarc=pass {FROM_IYS}\n",
    "version-of-the-method": f"{AR}; dmarc/1=pass {FROM_IYS}\n",
    "capitals": f"AUTHENTICATION-RESULTS: {OURS.upper()}; DMARC=PASS HEADER.FROM=IYS.ORG.TR\n",
    "small-letters": f"authentication-results: {OURS}; dmarc=pass {FROM_IYS}\n",
    "no-spaces": f"Authentication-Results:{OURS};dmarc=pass {FROM_IYS}\n",
    "spaces-around-signs": f"{AR} ; dmarc = pass header.from = iys.org.tr\n",
    "folded-after-the-name": f"Authentication-Results:\n\t{OURS};\n\tdmarc=pass\n\t{FROM_IYS}\n",
    "comment-before-the-value": f"{AR}; dmarc=pass (p=reject; sp=none; dis=none; adkim=s) {FROM_IYS}\n",
    "comment-with-a-fail": f"{AR}; spf=pass (was dmarc=fail before; see log) smtp.mailfrom=iys.org.tr; dmarc=pass {FROM_IYS}\n",
    "comments-nested": f"{AR} (ana sunucu (Ankara; 1)); dmarc=pass (p=reject (dis=none; \\) x)) {FROM_IYS}\n",
    "policy-properties": f"{AR}; dmarc=pass policy.dmarc=reject policy.published-domain-policy=reject {FROM_IYS}\n",
    "odd-tokens": f"{AR}; dkim=pass header.i=@iys.org.tr header.b=AbC/+= header.a=rsa-sha256; dmarc=pass {FROM_IYS}\n",
    "other-methods": f"{AR}; x-tls=pass smtp.version=TLSv1.3 smtp.cipher=TLS_AES_256_GCM_SHA384 smtp.bits=256/256; bimi=skipped (no record); auth=none; dmarc=pass {FROM_IYS}\n",
    "spf-fail-of-a-forwarder": f"{AR}; spf=fail smtp.mailfrom=liste.example; dkim=pass header.d=iys.org.tr; dmarc=pass {FROM_IYS}\n",
    "arc-above": ARC + OPENDMARC,
    "arc-below": OPENDMARC + ARC,
    "anothers-below": OPENDMARC + RECEIVED + YANDEX + MICROSOFT,
}
FAILED = f"dmarc=fail (p=none dis=none) {FROM_IYS}"
REFUSED = {
    "none-of-ours": f"{AR}; none\n",
    "dmarc-twice": f"{AR}; dmarc=pass {FROM_IYS}; dmarc=pass {FROM_IYS}\n",
    "dmarc-twice-in-exim": EXIM.replace("\tarc=none", f"\t{FAILED}"),
    "dmarc-twice-with-an-empty-value": f"{AR}; spf=none smtp.mailfrom=; dmarc=pass {FROM_IYS}; {FAILED};\n",
    "dmarc-twice-through-a-bare-name": f"{AR}; spf=none smtp.mailfrom=x;dmarc=pass {FROM_IYS}; {FAILED}\n",
    "dmarc-twice-with-a-version": f"{AR}; {FAILED}; dmarc/1=pass {FROM_IYS}\n",
    "dmarc-twice-in-capitals": f"{AR}; {FAILED}; DMARC=pass {FROM_IYS}\n",
    "dmarc-within-a-quoted-name": f'{AR}; iprev=fail smtp.remote-ip=2001:db8::66; spf=fail smtp.helo="x; dmarc=pass {FROM_IYS}"; {FAILED}\n',
    "dmarc-within-a-quoted-name-alone": f'{AR}; spf=fail smtp.helo="x; dmarc=pass {FROM_IYS}"\n',
    "dmarc-within-an-unclosed-quotation": f'{AR}; spf=fail smtp.helo="x; dmarc=pass {FROM_IYS}\n',
    "dmarc-within-an-unclosed-comment": f"{AR}; spf=fail (x; dmarc=pass {FROM_IYS}\n",
    "dmarc-within-a-nested-comment": f"{AR}; dmarc=fail (a (b) dmarc=pass {FROM_IYS}) header.from=saldirgan.example\n",
    "dmarc-within-a-reason": f'{AR}; dmarc=fail reason="dmarc=pass {FROM_IYS}" {FROM_IYS}\n',
    "two-of-ours-pass-above": f"{OPENDMARC}{AR}; {FAILED}\n",
    "two-of-ours-fail-above": f"{AR}; {FAILED}\n{OPENDMARC}",
    "three-of-ours-dmarc-fail": OPENDKIM + POLICYD + f"{AR}; {FAILED}\n",
    "fail-beside-dkim": f"{AR}; dkim=pass header.d=iys.org.tr; spf=pass smtp.mailfrom=iys.org.tr; {FAILED}\n",
    "pass-of-another-domain": f"{AR}; dkim=pass header.d=iys.org.tr; dmarc=pass header.from=saldirgan.example\n",
    "pass-of-a-subdomain": f"{AR}; dmarc=pass header.from=onkayit.iys.org.tr\n",
    "pass-of-a-longer-domain": f"{AR}; dmarc=pass header.from=iys.org.tr.saldirgan.example\n",
    "pass-of-a-hyphen": f"{AR}; dmarc=pass header.from=iys-org.tr\n",
    "pass-of-punycode": f"{AR}; dmarc=pass header.from=xn--ys-iqa.org.tr\n",
    "pass-of-a-dotted-capital": f"{AR}; dmarc=pass header.from=İYS.org.tr\n",
    "pass-of-two-domains": f"{AR}; dmarc=pass {FROM_IYS} header.from=saldirgan.example\n",
    "pass-of-an-address-behind": f"{AR}; dmarc=pass header.from=iys.org.tr@saldirgan.example\n",
    "pass-with-an-empty-domain": f"{AR}; dmarc=pass header.from=\n",
    "bestguesspass": f"{AR}; dmarc=bestguesspass action=none {FROM_IYS}\n",
    "temperror": f"{AR}; dmarc=temperror {FROM_IYS}\n",
    "permerror": f"{AR}; dmarc=permerror {FROM_IYS}\n",
    "dmarc-none": f"{AR}; dmarc=none {FROM_IYS}\n",
    "passx": f"{AR}; dmarc=passed {FROM_IYS}\n",
    "xdmarc": f"{AR}; x-dmarc=pass {FROM_IYS}\n",
    "our-name-in-front": passed(server=f"{OURS}.evil.example"),
    "our-name-behind": passed(server=f"evil.{OURS}"),
    "our-name-in-a-comment": f"Authentication-Results: ({OURS}) {EVIL}; dmarc=pass {FROM_IYS}\n",
    "our-name-in-a-comment-behind": f"Authentication-Results: {EVIL} ({OURS}); dmarc=pass {FROM_IYS}\n",
    "our-name-as-a-result": f"Authentication-Results: {EVIL}; {OURS}; dmarc=pass {FROM_IYS}\n",
    "our-name-as-a-version": f"Authentication-Results: {EVIL} {OURS}; dmarc=pass {FROM_IYS}\n",
    "below-anothers-fail": f"Authentication-Results: {EVIL}; {FAILED}\n{OPENDMARC}",
    "below-a-foreign-received": RECEIVED + FOREIGN + OPENDMARC,
    "below-our-none-and-a-foreign-received": f"{AR}; none\n{RECEIVED}{FOREIGN}{OPENDMARC}",
    "original": f"Authentication-Results-Original: {OURS}; dmarc=pass {FROM_IYS}\n",
    "x-header": f"X-Authentication-Results: {OURS}; dmarc=pass {FROM_IYS}\n",
    "arc-of-ours": f"ARC-Authentication-Results: i=1; {OURS};\n\tdmarc=pass {FROM_IYS}\n{AR}; none\n",
    # These services name no server or one of their own: their results can never be ours.
    "microsoft-365": MICROSOFT,
    "microsoft-365-one-line": MICROSOFT.replace("\n ", " "),
    "microsoft-365-with-our-name-behind": MICROSOFT.replace("compauth", f"{OURS};compauth"),
    "yandex": YANDEX,
    "yandex-with-dmarc": YANDEX.replace("; dkim", f"; dmarc=pass {FROM_IYS}; dkim"),
    "gmail": f"Authentication-Results: mx.google.com;\n       dkim=pass header.i=@iys.org.tr header.s=s1 header.b=AbC/+=;\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) {FROM_IYS}\n",
}
ONE_SENDER = {
    "name-is-the-address": f"{IYS} <{IYS}>",
    "name-is-the-address-in-capitals": f"{IYS.upper()} <{IYS}>",
    "name-is-the-address-quoted": f'"{IYS}" <{IYS}>',
    "name-is-the-address-in-apostrophes": f"\"'{IYS}'\" <{IYS}>",
    "name-is-the-address-encoded": f"=?utf-8?q?onkayit=40iys=2Eorg=2Etr?= <{IYS}>",
    "name-is-the-address-folded": f"{IYS}\n <{IYS}>",
    "name-is-another-quoted": f'"satis@iys.org.tr" <{IYS}>',
    "name-in-turkish": f"=?utf-8?b?xLBsZXRpIFnDtm5ldGltIFNpc3RlbWk=?= <{IYS}>",
    "name-with-a-comma": f'"Sistemi, İleti Yönetim" <{IYS}>',
    "comment-behind": f"{IYS} (İleti Yönetim Sistemi)",
}
NOT_ONE_SENDER = {
    "name-is-the-address-of-iys": (f"{IYS} <{STRANGER}>", "saldirgan.example"),
    "name-is-the-address-of-iys-passed": (f"{IYS} <{STRANGER}>", "iys.org.tr"),
    "name-is-the-address-and-another-sender": (f"{IYS} <{IYS}>, {STRANGER}", "iys.org.tr"),
    "name-is-the-address-and-another-in-brackets": (f"{IYS} <{IYS}> <{STRANGER}>", "iys.org.tr"),
    "name-is-the-address-of-a-look-alike": (f"{IYS} <onkayit@iуs.org.tr>", "iys.org.tr"),
    "name-is-a-look-alike": (f"onkayit@iуs.org.tr <{STRANGER}>", "saldirgan.example"),
    "two-equal-headers-of-two-senders": (f"{IYS} <{IYS}>\nFrom: {STRANGER} <{STRANGER}>", "iys.org.tr"),
    "group-of-one-named": (f"{IYS}: {STRANGER};", "saldirgan.example"),
    "two-names-quoted": (f'"{IYS}" <{STRANGER}>, "{STRANGER}" <{IYS}>', "iys.org.tr"),
    "full-stop-look-alike": ("onkayit@iys。org.tr", "iys.org.tr"),
    "zero-width": ("onkayit@iys\u200b.org.tr", "iys.org.tr"),
}


def add_to(corpus: Corpus) -> None:
    told: dict[str, Any] = {"kind": "received", "extracted": {"application_number": NUMBER_A}}
    good, bad = {**told, "outcome": "moves"}, {"kind": "received", "outcome": "person"}
    for name, results in BELIEVED.items():
        corpus.add(f"results-{name}", WORDS, results=results, **good)
    for name, results in REFUSED.items():
        corpus.danger(f"results-refused-{name}", WORDS, results=results, **bad)
    for name, sender in ONE_SENDER.items():
        corpus.add(f"results-sender-{name}", WORDS, sender=sender, **good)
    for name, (sender, domain) in NOT_ONE_SENDER.items():
        corpus.danger(f"results-sender-refused-{name}", WORDS, sender=sender, results=passed(domain), **bad)
