"""The company's screens. Each step's key is the name of the URL of its main screen."""

from django.urls import path

from onboarding.views import (
    board,
    code_receipt,
    package_contract,
    panel_settings,
    partner_assignment,
    pre_application,
    records,
    status_query,
)

app_name = "onboarding"

urlpatterns = [
    path("", board.show, name="board"),
    path("yol/", board.route, name="route"),
    path("yeniden/", board.apply_again, name="apply_again"),
    path("geri-cek/", board.withdraw, name="withdraw"),
    path("gecerlilik/<str:key>/", board.stale, name="stale"),
    path("yazismalar/", records.thread, name="thread"),
    path("yazismalar/mektup/<uuid:pk>/", records.letter, name="letter"),
    path("yazismalar/e-posta/<uuid:pk>/", records.mail, name="mail"),
    path("belgeler/", records.documents, name="documents"),
    path("belgeler/<uuid:pk>/", records.document, name="document"),
    path("belgeler/hazirla/<str:kind>/", pre_application.paper, name="paper"),
    path("adim/1/", pre_application.show, name="pre_application"),
    path("adim/1/mersis/", pre_application.mersis_question, name="mersis_question"),
    path("adim/1/bilgiler/", pre_application.dossier_form, name="dossier"),
    path("adim/1/belge/<str:kind>/", pre_application.upload, name="upload"),
    path("adim/1/kargo/", pre_application.cargo, name="cargo"),
    path("adim/1/gozden-gecir/", pre_application.review, name="review"),
    path("adim/1/gonder/", pre_application.submit, name="submit"),
    path("adim/2/", status_query.show, name="status_query"),
    path("adim/2/tamamladim/", status_query.continued, name="continued"),
    path("adim/3/", code_receipt.show, name="code_receipt"),
    path("adim/3/yaz/", code_receipt.type_codes, name="type_codes"),
    path("adim/3/onayla/", code_receipt.confirm, name="confirm_codes"),
    path("adim/3/sor/", code_receipt.dispute, name="dispute_codes"),
    path("adim/4/", package_contract.show, name="package_contract"),
    path("adim/4/sec/", package_contract.choose, name="choose_package"),
    path("adim/4/iste/", package_contract.request_offer, name="request_offer"),
    path("adim/4/taslak.eml", package_contract.draft_mail, name="draft_mail"),
    path("adim/4/hareket/", package_contract.move, name="package_move"),
    path("adim/4/sozlesme/", package_contract.contract, name="contract"),
    path("adim/4/odeme/", package_contract.payment, name="payment"),
    path("adim/5/", partner_assignment.show, name="partner_assignment"),
    path("adim/5/form/", partner_assignment.upload, name="upload_assignment"),
    path("adim/5/gozden-gecir/", partner_assignment.review, name="review_assignment"),
    path("adim/5/hareket/", partner_assignment.move, name="assignment_move"),
    path("adim/5/panel/", partner_assignment.claim, name="claim_assignment"),
    path("adim/6/", panel_settings.show, name="panel_settings"),
]
