"""Which mails a server's log says it took over: lines of real programs."""

from correspondence.server_logs import taken_over

POSTFIX = """\
Nov 27 03:10:01 mx postfix/smtpd[812]: 4FzQ1k2m9Xz1: client=portal[10.0.0.4]
Nov 27 03:10:01 mx postfix/cleanup[815]: 4FzQ1k2m9Xz1: message-id=<a1@takip.example>
Nov 27 03:10:01 mx postfix/qmgr[99]: 4FzQ1k2m9Xz1: from=<b-x@takip.example>, size=8123, nrcpt=2 (queue active)
Nov 27 03:10:02 mx postfix/smtp[817]: 4FzQ1k2m9Xz1: to=<on@iys.example>, relay=mx.iys.example, status=sent (250 ok)
Nov 27 03:10:05 mx postfix/cleanup[815]: 4FzQ1k2m9Xz2: message-id=<a2@takip.example>
Nov 27 03:10:05 mx postfix/cleanup[815]: 4FzQ1k2m9Xz2: milter-reject: END-OF-MESSAGE from portal: 5.7.1 virus
Nov 27 03:11:05 mx postfix/cleanup[815]: 4FzQ1k2m9Xz3: message-id=<a3@takip.example>
Nov 27 03:11:06 mx postfix/smtp[817]: 4FzQ1k2m9Xz3: to=<a@b.example>, relay=none, status=deferred (timed out)
"""
EXIM = "2026-11-27 03:10:01 1tG2bC-0001Xy-2d <= b-x@takip.example H=portal P=esmtps S=812 id=a4@takip.example\n"


def test_postfix_took_over_what_it_kept_after_it_had_read_it() -> None:
    assert taken_over(POSTFIX.splitlines()) == {"<a1@takip.example>", "<a3@takip.example>"}


def test_exim_took_over_what_it_names_with_an_arrow() -> None:
    assert taken_over([EXIM, EXIM.replace("<=", "=>").replace("a4", "a5")]) == {"<a4@takip.example>"}


def test_a_list_of_message_ids_is_believed_and_other_lines_are_not() -> None:
    lines = ["  <a6@takip.example>\n", "rejected <a7@takip.example>\n", "\n", "a8@takip.example\n"]
    assert taken_over(lines) == {"<a6@takip.example>"}
