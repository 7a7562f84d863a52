"""The invented company that the demo and the journeys take through the six steps."""

import io

EMAIL = "yetkili@kuzeyruzgari.example"
DOCUMENTS = ("signature_circular", "trade_registry_gazette", "undertaking")
FIELDS = {
    "signatory_identity": "10000000146",
    "signatory_name": "Defne Poyraz",
    "signatory_email": EMAIL,
    "signatory_mobile": "0555 010 20 30",
    "trade_name": "Kuzey Rüzgârı Giyim Anonim Şirketi",
    "tax_number": "3900147256",
    "mersis_number": "0390014725600001",
    "tax_office": "Bornova",
    "website": "kuzeyruzgari.example",
    "contact_phone": "0232 555 01 01",
    "corporate_email": "bilgi@kuzeyruzgari.example",
    "province": "İzmir",
    "district": "Bornova",
    "address": "Ege Caddesi No: 12",
}


def sheet() -> bytes:
    """A blank page of A4, in the place of a scan."""
    # For the demo alone: `make run` starts without it.
    import pikepdf

    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
