"""The table of the wall, first part: every URL of a company on the manual channel, and of its team."""

from collections.abc import Mapping

from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, STATUS_QUERY
from tenancy.roles import Role
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.online import BRAND
from tests.scenarios.papers import blank_pdf
from tests.tenancy.answers import File, Itself, Page, Scene, Status, To, Url
from tests.tenancy.scenes import (
    applied,
    approval,
    brought,
    continuing,
    contradicted,
    difference,
    differing,
    file,
    form_ready,
    in_panel,
    invited,
    lacking,
    on,
    own_mail,
    owned_by_two,
    packed,
    paid,
    read,
    remarked,
    reopened,
    version,
    withdrawn,
    written_to,
)

EDITOR, OWNER = Role.EDITOR, Role.OWNER
PDF = "application/pdf"
BOARD, STEP_1, ENTRY = To("onboarding:board"), To("onboarding:pre_application"), To("onboarding:info_entry")
STEP_2, STEP_3 = To("onboarding:status_query"), To("onboarding:code_receipt")
STEP_4, STEP_5 = To("onboarding:package_contract"), To("onboarding:partner_assignment")
STEP_6 = To("onboarding:panel_settings")


MANUAL: Mapping[str, Scene] = {
    "written_to": Scene(
        written_to,
        {
            "onboarding:board": Url(get=Page("onboarding/board.html")),
            "onboarding:board_live": Url(get=Page("onboarding/board_live.html")),
            "onboarding:step_live": Url(get=Status(204), args=lambda _: ("status_query",)),
            "onboarding:route": Url(
                EDITOR, Page("onboarding/route.html"), STEP_6, data=lambda _: {"route": "exempt"}
            ),
            "onboarding:withdraw": Url(
                OWNER, Page("onboarding/withdraw.html"), BOARD, data=on("withdraw", reason="Vazgeçtik")
            ),
            "onboarding:thread": Url(get=Page("onboarding/thread.html")),
            "onboarding:letter": Url(
                get=Page("onboarding/letter.html"),
                args=lambda cast: (cast.company.letters.get(idempotency_key=f"wall:{cast.code}").pk,),
            ),
            "onboarding:mail": Url(
                get=Page("onboarding/mail.html"), args=lambda cast: (cast.company.mails.get().pk,)
            ),
            "onboarding:documents": Url(get=Page("onboarding/documents.html")),
            "onboarding:document": Url(
                OWNER, File(PDF), File(PDF), args=lambda cast: (cast.company.documents.all()[0].pk,)
            ),
            "onboarding:document_page": Url(
                OWNER,
                File("image/jpeg"),
                File("image/jpeg"),
                args=lambda cast: (cast.company.documents.all()[0].pk, 1),
            ),
            "onboarding:identity": Url(
                OWNER,
                Page("onboarding/identity.html"),
                data=lambda _: {"number": "signatory_identity", "why": "compare"},
            ),
            "onboarding:pre_application": Url(get=Page("onboarding/pre_application.html")),
            "onboarding:mersis_question": Url(
                EDITOR,
                Page("onboarding/mersis_question.html"),
                To("onboarding:dossier"),
                data=lambda _: {"has_mersis": "hayir"},
            ),
            "onboarding:dossier": Url(EDITOR, To("onboarding:dossier_page", ("firma",))),
            "onboarding:dossier_page": Url(
                EDITOR,
                Page("onboarding/dossier_form.html"),
                STEP_1,
                data=on("dossier_page", "firma", district="Konak"),
                args=lambda _: ("firma",),
            ),
            "onboarding:districts": Url(EDITOR, Page("onboarding/_districts.html")),
            "onboarding:paper": Url(
                EDITOR, Page("onboarding/paper_waiting.html", 202), args=lambda _: ("undertaking_blank",)
            ),
            "onboarding:upload": Url(
                EDITOR,
                post=To("onboarding:review"),
                data=file(payload=blank_pdf(2)),
                args=lambda _: ("signature_circular",),
            ),
            "onboarding:keep_draft": Url(
                EDITOR, post=BOARD, data=file(payload=blank_pdf(3)), args=lambda _: ("signature_circular",)
            ),
            "onboarding:cargo": Url(
                EDITOR,
                Page("onboarding/cargo.html"),
                STEP_1,
                data=lambda _: {"carrier": "Sürat", "tracking_number": "1", "sent_on": "2026-11-02"},
            ),
            "onboarding:review": Url(get=Page("onboarding/review.html")),
            "onboarding:submit": Url(OWNER, post=STEP_1, data=on("review")),
            "onboarding:channel": Url(
                EDITOR,
                Page("onboarding/channel.html"),
                To("onboarding:email_code"),
                data=lambda _: {"channel": "online"},
            ),
            "onboarding:co_signatories": Url(
                EDITOR,
                Page("onboarding/co_signatories.html"),
                To("onboarding:co_signatories"),
                data=on("co_signatories", name="Ege Yalın", identity=tckn(9)),
            ),
            "onboarding:remove_co_signatory": Url(
                EDITOR,
                post=To("onboarding:co_signatories"),
                args=lambda cast: (cast.now().co_signatories.get().pk,),
            ),
            "onboarding:brand_names": Url(
                EDITOR,
                Page("onboarding/brand_names.html"),
                To("onboarding:brand_names"),
                data=lambda _: {"name": "Lodos"},
            ),
            "support:questions": Url(get=Page("support/questions.html")),
            "support:seen": Url(post=To("support:questions"), data=lambda _: {"at": "2026-11-02T09:30:00+03:00"}),
            "support:ask": Url(
                get=To("support:questions"), post=To("support:questions"), data=lambda _: {"text": "Ne zaman?"}
            ),
            "support:question": Url(
                get=Page("support/question.html"),
                post=Itself(),
                data=lambda _: {"text": "Bir şey daha"},
                args=lambda cast: (cast.company.questions.get().pk,),
            ),
            "team:people": Url(
                get=Page("team/people.html"),
                post=To("team:people"),
                posting=OWNER,
                data=lambda _: {"email": "yeni@mavideniz.example", "role": "viewer"},
            ),
            "team:sms_notices": Url(
                get=Page("team/sms_notices.html"), post=To("team:sms_notices"), data=lambda _: {"act": "stop"}
            ),
            "team:forwarding": Url(get=Page("team/forwarding.html")),
            "team:forward_state": Url(get=Page("team/_forward_state.html")),
            "team:try_forward": Url(EDITOR, post=To("team:forwarding")),
            "team:sending_account": Url(
                OWNER,
                Page("team/sending_account.html"),
                To("team:sending_account"),
                data=lambda _: {"host": "127.0.0.1", "port": 9, "security": "none", "user_name": "yeni"},
            ),
            "team:account_state": Url(OWNER, Page("team/_account_state.html")),
            "team:test_account": Url(OWNER, post=To("team:sending_account")),
            "team:remove_account": Url(OWNER, post=To("team:sending_account")),
        },
    ),
    "owned_by_two": Scene(
        owned_by_two,
        {
            "team:leave": Url(
                get=Page("team/remove.html"),
                post=To("onboarding:board"),
            ),
            "team:role": Url(
                OWNER,
                Page("team/role.html"),
                To("team:people"),
                data=lambda _: {"role": "editor"},
                args=lambda cast: (cast.company.memberships.get(role=Role.VIEWER).pk,),
            ),
            "team:hand_over": Url(
                OWNER,
                Page("team/hand_over.html"),
                To("team:people"),
                data=lambda cast: {
                    "to": cast.company.memberships.get(role=Role.EDITOR).pk,
                    "stays": "viewer",
                    "confirmed": "yes",
                },
            ),
            "team:renew_invitation": Url(OWNER, post=To("team:people"), args=invited),
            "team:revoke_invitation": Url(OWNER, post=To("team:people"), args=invited),
            "team:remove": Url(
                OWNER,
                Page("team/remove.html"),
                To("team:people"),
                args=lambda cast: (cast.company.memberships.get(role=Role.VIEWER).pk,),
            ),
        },
    ),
    "continuing": Scene(
        continuing,
        {
            "onboarding:status_query": Url(get=Page("onboarding/status_query.html")),
            "onboarding:continued": Url(EDITOR, post=STEP_2, data=version(STATUS_QUERY)),
        },
    ),
    "codes_wanted": Scene(
        Cast.codes_wanted,
        {
            "onboarding:upload_mail": Url(
                EDITOR, post=STEP_3, data=lambda cast: file("a.eml", approval(cast))(cast)
            )
        },
    ),
    "brought": Scene(
        brought,
        {
            "onboarding:type_codes": Url(
                EDITOR,
                Page("onboarding/code_typing.html"),
                STEP_3,
                data=on("type_codes", iys_code="710999", name_1="Mavi Deniz", code_1="710999"),
            ),
            "onboarding:use_mail": Url(
                EDITOR,
                post=STEP_3,
                data=version(CODE_RECEIPT),
                args=lambda cast: (cast.company.mails.get().pk,),
            ),
        },
    ),
    "contradicted": Scene(
        contradicted,
        {
            "onboarding:use_iyss_codes": Url(EDITOR, post=STEP_3, data=version(CODE_RECEIPT)),
        },
    ),
    "differing": Scene(
        differing,
        {
            "onboarding:settle_difference": Url(
                EDITOR, post=To("onboarding:code_receipt", tail="#farklar"), data=difference
            )
        },
    ),
    "read": Scene(
        read,
        {
            "onboarding:code_receipt": Url(get=Page("onboarding/code_receipt.html")),
            "onboarding:confirm_codes": Url(
                EDITOR, post=To("onboarding:choose_package"), data=version(CODE_RECEIPT)
            ),
            "onboarding:dispute_codes": Url(
                EDITOR, post=STEP_3, data=version(CODE_RECEIPT, move="dispute", reason="Kod yanlış")
            ),
        },
    ),
    "chosen": Scene(
        Cast.chosen,
        {
            "onboarding:package_contract": Url(get=Page("onboarding/package_contract.html")),
            "onboarding:choose_package": Url(
                EDITOR,
                Page("onboarding/package_choice.html"),
                STEP_4,
                data=on("choose_package", email_addresses="4200"),
            ),
            "onboarding:own_package": Url(
                EDITOR, STEP_4, BOARD, data=lambda _: {"name": "İLETİ-5", "last_day": "2099-01-31"}
            ),
            "onboarding:request_offer": Url(OWNER, post=STEP_4, data=on("package_contract", way="portal")),
            "onboarding:draft_mail": Url(EDITOR, File("message/rfc822")),
        },
    ),
    "own_mail": Scene(
        own_mail,
        {"onboarding:package_move": Url(EDITOR, post=STEP_4, data=version(PACKAGE_CONTRACT, move="request_seen"))},
    ),
    "offered": Scene(
        Cast.offered,
        {
            "onboarding:contract": Url(
                get=Page("onboarding/contract.html"), post=STEP_4, posting=OWNER, data=on("contract", read="on")
            )
        },
    ),
    "remarked": Scene(
        remarked,
        {
            "onboarding:answer_remark": Url(
                EDITOR,
                post=STEP_1,
                data=lambda _: {"answer": "Bizde açılıyor"},
                args=lambda cast: (cast.now().remarks.get().pk,),
            )
        },
    ),
    "lacking": Scene(
        lacking,
        {
            "onboarding:paper_data": Url(
                EDITOR,
                Page("onboarding/paper_data.html"),
                To("onboarding:contract"),
                data=lambda _: {"address": "Kıyı Sokak No: 4"},
                args=lambda _: ("sales_contract",),
            )
        },
    ),
    "accepted": Scene(
        Cast.accepted,
        {
            "onboarding:accepted_contract": Url(
                get=Page("onboarding/accepted_contract.html"),
                args=lambda cast: (cast.now().acceptances.get().pk,),
            ),
            "onboarding:payment": Url(
                EDITOR,
                Page("onboarding/payment.html"),
                STEP_4,
                data=on("payment", paid_on="2026-11-02", reference="TR-1"),
            ),
        },
    ),
    "paid": Scene(
        paid,
        {"onboarding:unclaim_payment": Url(EDITOR, post=STEP_4, data=version(PACKAGE_CONTRACT))},
    ),
    "preparing": Scene(
        Cast.preparing,
        {
            "onboarding:partner_assignment": Url(get=Page("onboarding/partner_assignment.html")),
            "onboarding:upload_assignment": Url(EDITOR, post=To("onboarding:review_assignment"), data=file()),
            "onboarding:assignment_channels": Url(EDITOR, post=STEP_5, data=lambda _: {"channels": ["email"]}),
            "onboarding:assignment_move": Url(
                EDITOR, post=STEP_5, data=version(PARTNER_ASSIGNMENT, move="use_panel")
            ),
        },
    ),
    "form_ready": Scene(
        form_ready,
        {
            "onboarding:review_assignment": Url(
                get=Page("onboarding/assignment_review.html"),
                post=STEP_5,
                posting=OWNER,
                data=on("review_assignment"),
            )
        },
    ),
    "in_panel": Scene(
        in_panel,
        {
            "onboarding:claim_assignment": Url(
                EDITOR, post=STEP_5, data=version(PARTNER_ASSIGNMENT, ticks=["menu", "partner", "permissions"])
            )
        },
    ),
    "assigned": Scene(
        Cast.assigned,
        {
            "onboarding:panel_settings": Url(
                get=Page("onboarding/panel_form.html"),
                others=Page("onboarding/panel_settings.html"),
                post=To("onboarding:panel_settings"),
                posting=OWNER,
                data=on("panel_settings", correct="on"),
            )
        },
    ),
    "packed": Scene(
        packed,
        {
            "onboarding:summary": Url(get=Page("onboarding/summary.html")),
            "onboarding:pack_progress": Url(get=Page("_partials/pack.html")),
            "onboarding:pack_file": Url(OWNER, File("application/zip"), args=lambda _: ("zip",)),
            "onboarding:later_brand": Url(
                EDITOR, Page("onboarding/later_brand.html"), BOARD, data=lambda _: {**BRAND, "name": "Poyraz"}
            ),
        },
    ),
    "finished": Scene(
        Cast.finished,
        {
            "onboarding:ask_for_pack": Url(get=To("onboarding:summary"), post=To("onboarding:summary")),
            "onboarding:reconciliation": Url(EDITOR, post=BOARD, data=lambda _: {"answer": "on"}),
        },
    ),
    "reopened": Scene(
        reopened,
        {
            "onboarding:stale": Url(
                EDITOR, post=STEP_2, data=version(STATUS_QUERY, move="redo"), args=lambda _: ("status_query",)
            )
        },
    ),
    "withdrawn": Scene(
        withdrawn,
        {
            "onboarding:apply_again": Url(OWNER, post=To("onboarding:review")),
            "onboarding:earlier": Url(
                get=Page("onboarding/earlier.html"), args=lambda cast: (cast.application.pk,)
            ),
        },
    ),
    "applied": Scene(
        applied,
        {
            "onboarding:evidence": Url(
                EDITOR,
                Page("onboarding/evidence.html"),
                To("onboarding:evidence"),
                data=on("evidence", iys_code="711157", brands="Mavi Deniz, 711157", draft="1"),
            )
        },
    ),
}
