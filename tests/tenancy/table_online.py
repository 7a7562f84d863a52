"""The table of the wall, second part: the URLs of step 1 by the online channel."""

from collections.abc import Mapping

from tenancy.roles import Role
from tests.scenarios.ladder import IDENTITY
from tests.scenarios.online import BRAND, MERSIS_OF, ZEROS, Online
from tests.tenancy.answers import Page, Scene, To, Url
from tests.tenancy.scenes import (
    code_typed,
    given,
    link_grown_old,
    on,
    proving_the_mobile,
    signed_form,
    signed_paper,
    signing_the_form,
    to_sign_by_link,
    with_code,
)

EDITOR, OWNER = Role.EDITOR, Role.OWNER
PDF = "application/pdf"
BOARD, STEP_1, ENTRY = To("onboarding:board"), To("onboarding:pre_application"), To("onboarding:info_entry")
STEP_2, STEP_3 = To("onboarding:status_query"), To("onboarding:code_receipt")
STEP_4 = To("onboarding:package_contract")


ONLINE: Mapping[str, Scene] = {
    "with_code": Scene(
        with_code,
        {
            "onboarding:email_code": Url(
                EDITOR,
                Page("onboarding/online/code.html"),
                STEP_1,
                data=code_typed("email_code"),
            ),
            "onboarding:resend_code": Url(EDITOR, post=To("onboarding:email_code"), args=lambda _: ("email",)),
        },
    ),
    "verified": Scene(
        Online.verify_email,
        {
            "onboarding:query": Url(
                EDITOR,
                Page("onboarding/online/query.html"),
                STEP_1,
                data=lambda cast: {
                    **cast.open("query").fields,
                    "mersis_number": MERSIS_OF.format(cast.company.tax_number),
                    "identity": IDENTITY,
                },
            )
        },
    ),
    "at_form": Scene(Online.query, {"onboarding:query_again": Url(EDITOR, post=STEP_1)}),
    "proving_the_mobile": Scene(
        proving_the_mobile,
        {
            "onboarding:mobile_code": Url(
                EDITOR,
                Page("onboarding/online/mobile.html"),
                STEP_1,
                data=code_typed("mobile_code"),
            )
        },
        settings={"SMS_URL": "http://127.0.0.1:9/"},
    ),
    "to_sign_by_link": Scene(
        to_sign_by_link,
        {
            "onboarding:sign": Url(
                EDITOR, Page("onboarding/online/sign.html"), To("onboarding:review"), data=signed_paper
            ),
            "onboarding:hand_off": Url(
                EDITOR,
                post=To("onboarding:sign", tail="#imza-baglantisi"),
                data=lambda _: {"email": "ada@baska.example"},
            ),
            "onboarding:revoke_hand_off": Url(
                EDITOR, post=To("onboarding:sign"), args=lambda cast: (cast.now().hand_offs.get().pk,)
            ),
            "onboarding:edit_form": Url(EDITOR, post=STEP_1),
        },
    ),
    "signing_the_form": Scene(
        signing_the_form,
        {
            "onboarding:sign_assignment": Url(EDITOR, post=To("onboarding:review_assignment"), data=signed_form),
            "onboarding:hand_off_assignment": Url(
                EDITOR,
                post=To("onboarding:partner_assignment", tail="#imza-baglantisi"),
                data=lambda _: {"email": "ada@baska.example", "channels": ["message", "email"]},
            ),
        },
    ),
    "link_grown_old": Scene(
        link_grown_old,
        {
            "onboarding:continue_application": Url(
                get=ENTRY,
                args=lambda cast: (cast.now().continue_links.get().pk,),
            ),
            "onboarding:renew_link": Url(EDITOR, post=ENTRY),
        },
    ),
    "given": Scene(
        given,
        {
            "onboarding:info_entry": Url(get=Page("onboarding/online/info_entry.html")),
            "onboarding:add_brand": Url(
                EDITOR,
                Page("onboarding/online/brand.html"),
                ENTRY,
                data=lambda cast: {**BRAND, "name": cast.company.trade_name},  # no certificate is asked for
            ),
            "onboarding:edit_brand": Url(
                EDITOR,
                Page("onboarding/online/brand.html"),
                ENTRY,
                data=lambda _: {**BRAND, "message_recipients": "9"},
                args=lambda cast: (cast.company.brands.get().pk,),
            ),
            "onboarding:remove_brand": Url(EDITOR, post=ENTRY, args=lambda cast: (cast.company.brands.get().pk,)),
            "onboarding:figures": Url(
                EDITOR,
                Page("onboarding/online/figures.html"),
                ENTRY,
                data=lambda _: {**ZEROS, "message_sent": "9"},
            ),
            "onboarding:complete": Url(OWNER, post=STEP_1, data=on("info_entry", correct="on")),
        },
    ),
}
